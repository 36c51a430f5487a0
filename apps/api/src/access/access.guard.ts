import {
  type CanActivate,
  type ExecutionContext,
  ForbiddenException,
  Injectable,
  NotFoundException,
  UnauthorizedException,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request, Response } from 'express';
import { AccessService } from './access.service.ts';
import { bearerToken } from './bearer.ts';
import { OpenAnswers } from './open-answers.ts';
import { OPEN_TO_ALL, TOKEN_IN_ADDRESS } from './open-to-all.ts';
import { isOwnOrigin } from './origin.ts';
import { hasRole, maySee, type Principal } from './principal.ts';
import { Refusals } from './refusals.ts';
import { RIGHTS, type Rights } from './rights.ts';

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
    private readonly openAnswers: OpenAnswers,
    private readonly refusals: Refusals,
    private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    if (this.#isMarked(OPEN_TO_ALL, context)) return true;
    const http = context.switchToHttp();
    const request = http.getRequest<AuthenticatedRequest>();
    const mayBeInAddress = this.#isMarked(TOKEN_IN_ADDRESS, context);
    const inAddress = mayBeInAddress ? request.query['token'] : undefined;
    const credentials = {
      token: bearerToken(request) ?? (typeof inAddress === 'string' ? inAddress : undefined),
      cookieHeader: request.headers.cookie,
    };
    const principal = await this.access.authenticate(credentials);
    if (principal === null) {
      if (credentials.token !== undefined) await this.refusals.note('call', request.ip);
      throw new UnauthorizedException('A valid token is needed');
    }
    const changes = !SAFE_METHODS.has(request.method);
    if (principal.via === 'session' && changes && !isOwnOrigin(request.headers)) {
      throw new ForbiddenException('A session may only be used by pages of Lookout itself');
    }
    checkRights(principal, this.#rights(context), request);
    request.principal = principal;
    this.openAnswers.add(http.getResponse<Response>(), credentials);
    return true;
  }

  #isMarked(mark: symbol, context: ExecutionContext): boolean {
    return this.reflector.getAllAndOverride<boolean | undefined>(mark, placesOf(context)) === true;
  }

  #rights(context: ExecutionContext): Rights {
    return this.reflector.getAllAndOverride<Rights | undefined>(RIGHTS, placesOf(context)) ?? {};
  }
}

/** Where a route may be marked; what is said first goes first. */
function placesOf(context: ExecutionContext) {
  return [context.getHandler(), context.getClass()];
}

function checkRights(principal: Principal, { role, cameras }: Rights, request: Request): void {
  const needed = role ?? (SAFE_METHODS.has(request.method) ? 'viewer' : 'admin');
  if (!hasRole(principal, needed)) {
    throw new ForbiddenException(`This takes the role "${needed}"`);
  }
  if (principal.cameraIds === null || cameras === 'filtered') return;
  const id = cameras === 'one' ? String(request.params['id']) : idInBody(cameras, request.body);
  if (id === undefined) throw new ForbiddenException('This takes a token for all cameras');
  // In the very words for a camera that does not exist: to this caller it does not.
  if (!maySee(principal, id)) throw new NotFoundException(`There is no camera "${id}"`);
}

function idInBody(cameras: Rights['cameras'], body: unknown): string | undefined {
  if (cameras !== 'in-body' || typeof body !== 'object' || body === null) return undefined;
  return 'cameraId' in body && typeof body.cameraId === 'string' ? body.cameraId : undefined;
}
