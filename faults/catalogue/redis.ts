import { DETECTOR_GROUP } from '@lookout/frame-mailbox';
import type { Fault } from '../scene/fault.ts';
import type { Stage } from '../scene/houses.ts';
import type { Scene } from '../scene/scene.ts';

const LASTS_MS = 3000;
const PUBLISHED_MS = 1000;
/** Replaces a frame's JPEG, if it is still there, and leaves its header and expiry. */
const SPOIL = `
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
local from = struct.unpack('>I2', redis.call('GETRANGE', KEYS[1], 6, 7))
local length = redis.call('STRLEN', KEYS[1]) - from
redis.call('SETRANGE', KEYS[1], from, string.rep('?', length))
return length`;

/** Faults of Redis and of the way to it. */
export const redisFaults: readonly Fault[] = [
  {
    name: 'redis-kill',
    about: 'kill -9 of Redis',
    house: 'own',
    hits: 'moment',
    spares: 'pictures',
    redisAway: true,
    ends: 'redis',
    async play(scene) {
      const pid = scene.house.pidOf('redis-server');
      await scene.strike(() => process.kill(pid, 'SIGKILL'));
    },
  },
  {
    name: 'redis-stop',
    about: 'SIGSTOP of Redis, SIGCONT after 3 s',
    house: 'own',
    hits: 'detections',
    spares: 'pictures',
    redisAway: true,
    async play(scene) {
      const pid = scene.house.pidOf('redis-server');
      await scene.strike(() => process.kill(pid, 'SIGSTOP'));
      await scene.last(LASTS_MS);
      await scene.mend(() => process.kill(pid, 'SIGCONT'));
    },
  },
  {
    name: 'redis-hang',
    about: 'SIGSTOP of Redis for ever',
    house: 'own',
    hits: 'detections',
    spares: 'pictures',
    redisAway: true,
    ends: 'redis',
    async play(scene) {
      const pid = scene.house.pidOf('redis-server');
      await scene.strike(() => process.kill(pid, 'SIGSTOP'));
    },
  },
  {
    name: 'redis-empty',
    about: 'FLUSHALL',
    house: 'guest',
    hits: 'moment',
    spares: 'pictures',
    async play(scene) {
      const before = (await scene.status()).books?.id;
      await scene.strike(() => guest(scene).admin.flushall());
      const anew = await scene.until(
        ({ struck }) => (struck?.books?.id ?? before) !== before,
        LASTS_MS,
      );
      scene.claim('the books begin anew under another id', anew);
    },
  },
  {
    name: 'redis-full',
    about: 'the memory of Redis is full for 3 s',
    house: 'guest',
    hits: 'detections',
    spares: 'pictures',
    async play(scene) {
      const { admin } = guest(scene);
      const before = await refused(scene);
      await scene.strike(() => admin.config('SET', 'maxmemory', '1'));
      await scene.last(LASTS_MS);
      await scene.mend(() => admin.config('SET', 'maxmemory', '0'));
      scene.claim('what Redis refused is counted', (await refused(scene)) > before);
    },
  },
  {
    name: 'redis-password',
    about: 'Redis takes another password for 3 s',
    house: 'guest',
    hits: 'detections',
    spares: 'pictures',
    redisAway: true,
    async play(scene) {
      const { admin, redis } = guest(scene);
      const password = new URL(redis.url).password;
      await scene.strike(async () => {
        await admin.config('SET', 'requirepass', 'another-one');
        await admin.call('CLIENT', 'KILL', 'SKIPME', 'yes');
      });
      await scene.last(LASTS_MS);
      await scene.mend(() => admin.config('SET', 'requirepass', password));
    },
  },
  {
    name: 'redis-slow',
    about: 'each answer of Redis takes 500 ms longer, for 3 s',
    house: 'guest',
    hits: 'detections',
    spares: 'pictures',
    async play(scene) {
      const { proxy } = guest(scene);
      await scene.strike(() => {
        proxy.delayMs = 500;
      });
      await scene.last(LASTS_MS);
      await scene.mend(() => {
        proxy.delayMs = 0;
      });
    },
  },
  {
    name: 'jpeg-corrupt-in-redis',
    about: 'a frame’s JPEG is overwritten in the mailbox before it is taken',
    house: 'guest',
    hits: 'moment',
    spares: 'pictures',
    async play(scene) {
      const { admin } = guest(scene);
      const failed = (await scene.status()).books?.failed ?? NaN;
      const pid = scene.house.pidOf('lookout-worker');
      const books = `lookout:books:${scene.struck}:${DETECTOR_GROUP}`;
      process.kill(pid, 'SIGSTOP');
      try {
        while ((await admin.hget(books, 'waiting')) !== '1') await scene.last(10);
        await scene.strike(() => admin.eval(SPOIL, 1, `lookout:frame:${scene.struck}`));
      } finally {
        process.kill(pid, 'SIGCONT');
      }
      const counted = await scene.until(
        ({ struck }) => (struck?.books?.failed ?? 0) > failed,
        LASTS_MS,
      );
      scene.claim('the frame is counted as failed', counted);
      // A frame is settled before its failure is published.
      await scene.last(PUBLISHED_MS);
      const since = scene.struckAt ?? Infinity;
      const told = scene.witness.of(scene.struck).statuses.some(({ at, status }) => {
        const { freshness, reason } = status.detection;
        return at > since && freshness === 'unknown' && reason?.includes('failed') === true;
      });
      scene.claim('viewers are told at once that nothing is known', told);
    },
  },
];

function guest({ stage }: Scene): NonNullable<Stage['guest']> {
  if (stage.guest === undefined) throw new Error('this fault needs a Redis elsewhere');
  return stage.guest;
}

/** `lookout_frames_refused_total` of the struck camera. */
async function refused({ house, struck }: Scene): Promise<number> {
  const response = await fetch(`${house.rest.url}/metrics`, {
    headers: { authorization: `Bearer ${house.token}` },
  });
  const text = await response.text();
  const line = new RegExp(`^lookout_frames_refused_total\\{camera="${struck}"\\} (\\d+)$`, 'm');
  return Number(line.exec(text)?.[1] ?? 0);
}
