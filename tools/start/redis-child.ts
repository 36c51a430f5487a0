import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { freePort } from './port.ts';
import { waitForRedis } from './redis-answers.ts';
import type { ChildSpec } from './supervised-child.ts';

/** What a Redis of our own may hold: frames and results of many cameras fit into a fraction. */
const MEMORY = '128mb';

/** A Redis of our own: where it answers, in every run, and how it is started. */
export interface OwnRedis {
  /** With the password. */
  readonly url: string;
  readonly spec: ChildSpec;
}

/** Chooses a free port and a password; nothing is started yet. */
export async function ownRedis(): Promise<OwnRedis> {
  const port = await freePort('127.0.0.1');
  const password = randomBytes(24).toString('hex');
  const url = `redis://:${password}@127.0.0.1:${String(port)}`;
  return {
    url,
    spec: {
      name: 'redis',
      answers: (signal) => waitForRedis(url, signal),
      // Without persistence Redis never forks, so it does not need what this warning asks for.
      hides: /Memory overcommit must be enabled/,
      launch: () => {
        const redis = spawn('redis-server', ['-'], {
          detached: true,
          stdio: ['pipe', 'pipe', 'pipe'],
        });
        redis.stdin.on('error', () => undefined);
        redis.stdin.end(redisConfiguration(port, password));
        return redis;
      },
    },
  };
}

/** Nothing is kept on disk: frames would wear out a memory card, and the books say when it is new. */
function redisConfiguration(port: number, password: string): string {
  return [
    'bind 127.0.0.1',
    `port ${String(port)}`,
    'protected-mode yes',
    `requirepass ${password}`,
    'save ""',
    'appendonly no',
    `maxmemory ${MEMORY}`,
    'maxmemory-policy noeviction',
    `dir "${tmpdir()}"`,
    'daemonize no',
    'loglevel warning',
    '',
  ].join('\n');
}
