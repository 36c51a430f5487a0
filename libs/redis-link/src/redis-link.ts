import { Redis } from 'ioredis';

/** How a connection is used. */
export interface RedisLinkOptions {
  /** Shows in Redis' client list. */
  readonly name: string;
  /** A command without an answer after this time is given up. */
  readonly commandTimeoutMs?: number;
  /** For a connection that waits in blocking commands or subscriptions, which have no time-out. */
  readonly blocking?: boolean;
}

/**
 * Opens a connection that never hides a queue: a command fails at once while Redis is away, is not
 * sent again after a reconnect, and is given up after a time-out. It reconnects by itself, at most
 * a second apart. The caller closes it (`disconnect`).
 *
 * Errors of the connection itself go to `onError`, at most one for each change of its words, so
 * that an absent server does not fill a log.
 */
export function connectRedis(
  url: string,
  options: RedisLinkOptions,
  onError: (error: Error) => void = () => undefined,
): Redis {
  const redis = new Redis(url, {
    connectionName: options.name,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    autoResubscribe: true,
    maxRetriesPerRequest: 0,
    connectTimeout: 1000,
    retryStrategy: (attempt) => Math.min(50 * 2 ** Math.min(attempt, 5), 1000),
    ...(options.blocking === true ? {} : { commandTimeout: options.commandTimeoutMs ?? 500 }),
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
