import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Config } from '@lookout/config';
import type { Params } from 'nestjs-pino';

const UNFORESEEN = 500;
const QUIET_METHODS = new Set(['GET', 'HEAD']);

/** How requests are logged: quietly while all is well, and without a secret. */
export function requestLog(config: Pick<Config, 'logLevel'>): Params {
  return {
    pinoHttp: {
      level: config.logLevel,
      customLogLevel: (request, response, error) => levelOf(request, response, error),
      // Without this a 503 that a route foresaw would come with a stack of the logger's own making.
      customErrorObject: (_request, response, _error, fields: object) =>
        response.statusCode > UNFORESEEN ? { ...fields, err: undefined } : fields,
      serializers: {
        // Headers are left out whole: tokens and cookies travel in them.
        req: (request: { method: string; url: string; remoteAddress: string }) => ({
          method: request.method,
          url: withoutToken(request.url),
          remoteAddress: request.remoteAddress,
        }),
        res: (response: { statusCode: number }) => ({ statusCode: response.statusCode }),
      },
      redact: { paths: ['*.token', '*.authorization', '*.cookie', '*.password'], censor: '***' },
      quietReqLogger: true,
    },
  };
}

function levelOf(
  request: IncomingMessage,
  response: ServerResponse,
  error: Error | undefined,
): 'debug' | 'info' | 'error' {
  if (error !== undefined || response.statusCode === UNFORESEEN) return 'error';
  // Pages and programs ask again and again; only changes and refusals are news.
  return QUIET_METHODS.has(request.method ?? '') && response.statusCode < 400 ? 'debug' : 'info';
}

/** An address may carry a token for players that cannot send headers. */
export function withoutToken(url: string): string {
  return url.replace(/([?&]token=)[^&#]*/gi, '$1***');
}
