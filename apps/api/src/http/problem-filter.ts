import { STATUS_CODES } from 'node:http';
import type { Problem } from '@lookout/contracts';
import {
  type ArgumentsHost,
  Catch,
  type ExceptionFilter,
  HttpException,
  Logger,
} from '@nestjs/common';
import type { Response } from 'express';
import { FullDisk, isFullDisk } from './full-disk.ts';
import { InvalidInput } from './invalid-input.ts';
import { TooManyRequests } from './too-many-requests.ts';

/** Turns whatever a route throws into `application/problem+json` (RFC 9457). */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #log = new Logger('Http');

  catch(thrown: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') throw thrown;
    const error = isFullDisk(thrown) ? new FullDisk(thrown) : thrown;
    const response = host.switchToHttp().getResponse<Response>();
    const problem = toProblem(error);
    // A 503 that a route announces is its answer; only what nobody foresaw is an error of ours.
    if (problem.status >= 500 && !(error instanceof HttpException)) this.#log.error(error);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    if (problem.status === 401) response.setHeader('WWW-Authenticate', 'Bearer realm="lookout"');
    if (error instanceof TooManyRequests) {
      response.setHeader('Retry-After', String(error.retryAfterSeconds));
    }
    sendProblem(response, problem);
  }
}

export function sendProblem(response: Response, problem: Problem): void {
  response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}

export function toProblem(error: unknown): Problem {
  const status = statusOf(error);
  const title = STATUS_CODES[status] ?? 'Error';
  const problem = { type: 'about:blank', title, status };
  // What went wrong inside may name paths or credentials: it goes to the log alone.
  if (!(error instanceof Error) || (status >= 500 && !(error instanceof HttpException))) {
    return problem;
  }
  const errors = error instanceof InvalidInput ? { errors: [...error.errors] } : {};
  return { ...problem, detail: error.message, ...errors };
}

function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  // Express' own middleware (bodies too large, broken escapes) marks its errors in this way.
  if (error instanceof Error && 'status' in error && typeof error.status === 'number') {
    return error.status >= 400 && error.status < 600 ? error.status : 500;
  }
  return 500;
}
