import { spawnSync } from 'node:child_process';
import { globSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { connectRedis } from '@lookout/redis-link';
import { startRedis, type TestRedis } from '@lookout/test-redis';
import type { Redis } from 'ioredis';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { House } from '../house/house.ts';
import { SlowProxy } from '../house/slow-proxy.ts';

/**
 * `own`: as `npm start` is, with a Redis of its own. `guest`: with a Redis elsewhere, behind a proxy.
 * `clock`: the same, and api and worker have a clock that can be set. `disk`: with its data on a disk of 16 megabytes.
 */
export type HouseKind = 'own' | 'guest' | 'clock' | 'disk';

/** A house with what its kind of fault needs. */
export interface Stage {
  readonly house: House;
  readonly guest?: { readonly redis: TestRedis; readonly admin: Redis; readonly proxy: SlowProxy };
  /** File with the shift of the clock. */
  readonly clock?: string;
  close(): Promise<string[]>;
}

const PASSWORD = 'the-right-one';
/** A shell with mounts of its own, as any user may have where the system allows it. */
const ASIDE = ['unshare', '--user', '--map-root-user', '--mount', '/bin/sh', '-c'];
const MOUNT = 'mount -t tmpfs -o size=16m lookout';
const FAKETIME = '/usr/lib/*/faketime/libfaketime.so.1';

/** Why there can be no such house here; `undefined` when there can. */
export function missing(kind: HouseKind): string | undefined {
  if (kind === 'clock' && globSync(FAKETIME).length === 0) return 'libfaketime is not installed';
  if (kind === 'disk' && !mayMount()) return 'this user may not mount a disk of its own';
  return undefined;
}

function mayMount(): boolean {
  const [program = '', ...args] = ASIDE;
  return spawnSync(program, [...args, `${MOUNT} /tmp`]).status === 0;
}

export async function openStage(kind: HouseKind, root: string): Promise<Stage> {
  switch (kind) {
    case 'own': {
      const house = await House.open(root);
      return { house, close: () => house.close() };
    }
    case 'guest':
      return openGuest(root);
    case 'clock': {
      const clock = join(tmpdir(), `lookout-clock-${String(process.pid)}`);
      process.once('exit', () => {
        rmSync(clock, { force: true });
      });
      await setClock(clock, 0);
      // Redis' memory allocator and libfaketime do not go together.
      const redis = await startRedis();
      const house = await House.open(root, {
        environment: {
          REDIS_URL: redis.url,
          LD_PRELOAD: globSync(FAKETIME)[0] ?? '',
          FAKETIME_TIMESTAMP_FILE: clock,
          FAKETIME_DONT_FAKE_MONOTONIC: '1',
          FAKETIME_CACHE_DURATION: '1',
        },
      });
      const close = async (): Promise<string[]> => {
        const left = await house.close();
        await redis.stop();
        return left;
      };
      return { house, clock, close };
    }
    case 'disk': {
      const through = [...ASIDE, `${MOUNT} "$LOOKOUT_DATA_DIR" && exec "$@"`];
      const house = await House.open(root, { through: [...through, 'sh', process.execPath] });
      return { house, close: () => house.close() };
    }
  }
}

async function openGuest(root: string): Promise<Stage> {
  const redis = await startRedis({ settings: { requirepass: PASSWORD } });
  const address = new URL(redis.url);
  const proxy = await SlowProxy.to(Number(address.port));
  const admin = connectRedis(redis.url, { name: 'faults' });
  address.port = String(proxy.port);
  const house = await House.open(root, { environment: { REDIS_URL: address.href } });
  const close = async (): Promise<string[]> => {
    const left = await house.close();
    admin.disconnect();
    await proxy.close();
    await redis.stop();
    return left;
  };
  return { house, guest: { redis, admin, proxy }, close };
}

/** Sets a house's clock so many seconds off. */
export async function setClock(file: string, seconds: number): Promise<void> {
  await writeFile(file, `${seconds < 0 ? '-' : '+'}${String(Math.abs(seconds))}\n`);
}
