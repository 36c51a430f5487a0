import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { mergeMap, type Observable } from 'rxjs';
import type { AuthenticatedRequest } from '../access/access.guard.ts';
import { AuditLog } from './audit-log.ts';
import { AUDITED, type AuditMark } from './audited.ts';
import { fieldPaths } from './field-paths.ts';

/** Writes down what audited routes did, before they answer. */
@Injectable()
export class AuditInterceptor implements NestInterceptor {
  constructor(
    private readonly log: AuditLog,
    private readonly reflector: Reflector,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const mark = this.reflector.get<AuditMark | undefined>(AUDITED, context.getHandler());
    if (mark === undefined) return next.handle();
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const { principal, ip, params, query } = request;
    const body: unknown = request.body;
    if (mark.dryRun && query['dryRun'] === 'true') return next.handle();
    const named = params['id'];
    return next.handle().pipe(
      mergeMap(async (answer: unknown) => {
        await this.log.record({
          action: mark.action,
          subject: typeof named === 'string' ? named : idOf(answer),
          actor: principal,
          address: ip,
          fields: fieldPaths(body),
        });
        return answer;
      }),
    );
  }
}

function idOf(answer: unknown): string | null {
  if (typeof answer !== 'object' || answer === null || !('id' in answer)) return null;
  return typeof answer.id === 'string' ? answer.id : null;
}
