import { Redis } from 'ioredis';

/** How a connection is used. */
export interface RedisLinkOptions {
  /** Shows in Redis' client list. */
  readonly name: string;
  /** A command without an answer after this time is given up. */
  readonly commandTimeoutMs?: number;
}

/**
 * Opens a connection that never hides a queue: a command fails at once while Redis is away, is not
 * sent again after a reconnect, and is given up after a time-out. When nothing at all is answered
 * for twice that time the connection is dropped, with what waits in it. It reconnects by itself, at
 * most a second apart. The caller closes it (`disconnect`).
 *
 * Errors of the connection itself go to `onError`, at most one for each change of its words, so
 * that an absent server does not fill a log.
 */
export function connectRedis(
  url: string,
  options: RedisLinkOptions,
  onError: (error: Error) => void = () => undefined,
): Redis {
  const commandTimeout = options.commandTimeoutMs ?? 500;
  const redis = new Redis(url, {
    connectionName: options.name,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 1000,
    commandTimeout,
    socketTimeout: 2 * commandTimeout,
    retryStrategy: (attempt) => Math.min(50 * 2 ** Math.min(attempt, 5), 1000),
  });
  let last = '';
  redis.on('error', (error: Error) => {
    if (error.message === last) return;
    last = error.message;
    onError(error);
  });
  redis.on('ready', () => {
    last = '';
  });
  return redis;
}
