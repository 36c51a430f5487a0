import {
  type CanActivate,
  type ExecutionContext,
  ForbiddenException,
  Injectable,
  UnauthorizedException,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { AccessService } from './access.service.ts';
import { bearerToken } from './bearer.ts';
import { OPEN_TO_ALL, TOKEN_IN_ADDRESS } from './open-to-all.ts';
import { isOwnOrigin } from './origin.ts';
import type { Principal } from './principal.ts';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** A request that the guard let pass. */
export interface AuthenticatedRequest extends Request {
  principal: Principal;
}

/** Stands before every route of every controller. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly access: AccessService,
    private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    if (this.#marked(OPEN_TO_ALL, context)) return true;
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const inAddress = this.#marked(TOKEN_IN_ADDRESS, context) ? request.query['token'] : undefined;
    const principal = await this.access.authenticate({
      token: bearerToken(request) ?? (typeof inAddress === 'string' ? inAddress : undefined),
      cookieHeader: request.headers.cookie,
    });
    if (principal === null) throw new UnauthorizedException('A valid token is needed');
    const changes = !SAFE_METHODS.has(request.method);
    if (principal.via === 'session' && changes && !isOwnOrigin(request.headers)) {
      throw new ForbiddenException('A session may only be used by pages of Lookout itself');
    }
    request.principal = principal;
    return true;
  }

  #marked(mark: symbol, context: ExecutionContext): boolean {
    const marks = [context.getHandler(), context.getClass()];
    return this.reflector.getAllAndOverride<boolean | undefined>(mark, marks) === true;
  }
}
