import {
  Body,
  Controller,
  Delete,
  ForbiddenException,
  Get,
  HttpCode,
  Inject,
  Post,
  Req,
  Res,
  UnauthorizedException,
} from '@nestjs/common';
import { type Session as SessionView, sessionSchema } from '@lookout/contracts';
import type { Clock } from '@lookout/timing';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { AuditLog } from '../audit/audit-log.ts';
import { ZodPipe } from '../http/zod-pipe.ts';
import { TooManyRequests } from '../http/too-many-requests.ts';
import { describe } from '../openapi/describe.ts';
import { named } from '../openapi/schemas.ts';
import { CLOCK } from '../tokens.ts';
import type { AuthenticatedRequest } from './access.guard.ts';
import { AccessService } from './access.service.ts';
import { bearerToken } from './bearer.ts';
import { OpenToAll } from './open-to-all.ts';
import { isOwnOrigin } from './origin.ts';
import type { Principal } from './principal.ts';
import { Refusals } from './refusals.ts';
import { Needs } from './rights.ts';
import { SESSION_COOKIE, sessionCookieOptions } from './session-cookie.ts';
import { SignInLimiter } from './sign-in-limiter.ts';

const signInSchema = z.strictObject({ token: z.string().min(1).max(1000) });

const Session = named('Session', sessionSchema);

@ApiTags('session')
@Controller('session')
export class SessionController {
  readonly #limiter: SignInLimiter;

  constructor(
    private readonly access: AccessService,
    private readonly audit: AuditLog,
    private readonly refusals: Refusals,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#limiter = new SignInLimiter(clock);
  }

  @Post()
  @OpenToAll()
  @describe({
    summary: 'Sign a browser in: a token becomes a cookie',
    body: named('SignIn', signInSchema),
    example: { token: 'the-admin-token-of-this-installation' },
    answers: {
      201: { description: 'The session, with its cookie', schema: Session },
      429: { description: 'Too many failed sign-ins; Retry-After says how long to wait' },
    },
  })
  async signIn(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Body() body: unknown,
  ): Promise<SessionView> {
    if (!isOwnOrigin(request.headers))
      throw new ForbiddenException('Sign in from a page of Lookout itself');
    const token = bearerToken(request) ?? new ZodPipe(signInSchema).transform(body).token;
    const session = await this.access.beginSession(token);
    if (session === null) {
      const seconds = this.#limiter.failed(request.ip ?? '');
      if (seconds > 0) {
        this.refusals.count('sign-in');
        throw new TooManyRequests('Too many failed sign-ins', seconds);
      }
      await this.refusals.note('sign-in', request.ip);
      throw new UnauthorizedException('This token is not valid');
    }
    const actor = session.principal;
    await this.audit.record({ action: 'session.begun', actor, address: request.ip });
    response.cookie(SESSION_COOKIE, session.secret, {
      ...sessionCookieOptions(isHttps(request)),
      expires: new Date(session.expiresAt),
    });
    return toSession(session.principal);
  }

  @Get()
  @Needs({ cameras: 'filtered' })
  @describe({
    summary: 'Who is signed in',
    answers: { 200: { description: 'The caller', schema: Session } },
  })
  show(@Req() request: AuthenticatedRequest): SessionView {
    return toSession(request.principal);
  }

  @Delete()
  @Needs({ role: 'viewer', cameras: 'filtered' })
  @HttpCode(204)
  @describe({
    summary: 'Sign out',
    answers: { 204: { description: 'The session has ended' } },
  })
  async signOut(
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await this.access.endSession(request.headers.cookie);
    response.clearCookie(SESSION_COOKIE, sessionCookieOptions(isHttps(request)));
  }
}

function toSession({ role, name, cameraIds, expiresAt }: Principal): SessionView {
  return {
    role,
    name,
    cameraIds: cameraIds === null ? null : [...cameraIds],
    expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString(),
  };
}

function isHttps(request: Request): boolean {
  // A proxy that ends TLS says so; a lie here only makes the liar's own cookie stricter.
  return request.secure || request.headers['x-forwarded-proto'] === 'https';
}
