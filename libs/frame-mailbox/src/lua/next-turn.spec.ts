import { connectRedis, RedisScript } from '@lookout/redis-link';
import { startRedis, type TestRedis } from '@lookout/test-redis';
import fc from 'fast-check';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { nextTurn } from '../turns.ts';
import { nextTurnLua } from './next-turn.ts';

// Takes numbers as text, since cjson would round them.
const script = new RedisScript(/* lua */ `#!lua
${nextTurnLua}
local given, standings = cjson.decode(ARGV[1]), {}
for i, one in ipairs(given) do
  standings[i] = {
    camera = one.cameraId, weight = tonumber(one.weight), min_fps = tonumber(one.minFps),
    since = tonumber(one.since), turn = tonumber(one.turn), promise = tonumber(one.promise),
    kept = tonumber(one.kept),
  }
end
local chosen, turns, promises = next_turn(standings, tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4]))
if not chosen then return '' end
local function exact(number) return number and string.format('%.17g', number) or 'null' end
return table.concat({ chosen.camera, exact(chosen.turn), exact(chosen.promise), exact(chosen.kept),
  exact(turns), exact(promises) }, ' ')
`);

let server: TestRedis;
let redis: Redis;

beforeAll(async () => {
  server = await startRedis();
  redis = connectRedis(server.url, { name: 'test' });
  await vi.waitFor(() => redis.ping(), { timeout: 20_000 });
});

afterAll(async () => {
  redis.disconnect();
  await server.stop();
});

const NOW = 1_790_000_000_000;
const tag = fc.option(fc.double({ min: 0, max: 50, noNaN: true, noDefaultInfinity: true }));
const moment = fc.integer({ min: NOW - 15_000, max: NOW + 2000 });
const standing = fc.record({
  cameraId: fc.stringMatching(/^[a-z0-9]{1,3}$/),
  weight: fc.oneof(fc.constantFrom(0.1, 1, 2, 10), fc.double({ min: 0.1, max: 10, noNaN: true })),
  minFps: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 60, noNaN: true })),
  since: moment,
  turn: tag,
  promise: tag,
  kept: fc.option(moment),
});
const standings = fc.uniqueArray(standing, { selector: (one) => one.cameraId, maxLength: 8 });
const virtual = fc.double({ min: 0, max: 50, noNaN: true });

it('gives the same turn in Lua as in TypeScript, to the last bit', async () => {
  await fc.assert(
    fc.asyncProperty(standings, virtual, virtual, async (some, turns, promises) => {
      const texts = some.map((one) =>
        Object.fromEntries(
          Object.entries(one)
            .filter(([, value]) => value !== null)
            .map(([name, value]) => [name, String(value)]),
        ),
      );
      const reply = await script.run(redis, JSON.stringify(texts), turns, promises, NOW);
      const turn = nextTurn(some, { turns, promises }, NOW);
      const [camera, ...numbers] = String(reply).split(' ');
      expect(turn === null ? '' : turn.cameraId).toBe(camera);
      if (turn === null) return;
      const { time } = turn;
      expect(numbers.map((one) => (one === 'null' ? null : Number(one)))).toEqual([
        turn.turn,
        turn.promise,
        turn.kept,
        time.turns,
        time.promises,
      ]);
    }),
    { numRuns: 2000 },
  );
});
