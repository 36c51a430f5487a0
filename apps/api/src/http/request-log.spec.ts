import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Options } from 'pino-http';
import { describe, expect, it } from 'vitest';
import { requestLog, withoutToken } from './request-log.ts';

const options = requestLog({ logLevel: 'info' }).pinoHttp as Options;

function exchange(method: string, statusCode: number): [IncomingMessage, ServerResponse] {
  const request = Object.assign(new IncomingMessage(new Socket()), { method });
  return [request, Object.assign(new ServerResponse(request), { statusCode })];
}

function level(method: string, statusCode: number, error?: Error) {
  return options.customLogLevel?.(...exchange(method, statusCode), error);
}

describe('requestLog', () => {
  it.each([
    ['GET', 200, 'debug'],
    ['POST', 201, 'info'],
    ['GET', 404, 'info'],
    ['GET', 503, 'info'],
    ['GET', 500, 'error'],
  ])('%s with %d: %s', (method, status, expected) => {
    expect(level(method, status)).toBe(expected);
  });

  it('makes an error of a broken connection', () => {
    expect(level('GET', 200, new Error('reset'))).toBe('error');
  });

  it('adds a stack to what nobody foresaw alone', () => {
    const fields = { err: new Error('failed with status code') };
    const logged = (statusCode: number): { err?: Error } =>
      options.customErrorObject?.(...exchange('GET', statusCode), fields.err, fields) as {
        err?: Error;
      };
    expect(logged(503).err).toBeUndefined();
    expect(logged(500).err).toBe(fields.err);
  });

  it('blots out a token in an address', () => {
    expect(withoutToken('/a?x=1&token=secret&y=2')).toBe('/a?x=1&token=***&y=2');
  });
});
