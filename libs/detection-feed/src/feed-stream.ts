import { RedisScript } from '@lookout/redis-link';
import type { Redis } from 'ioredis';

/** Key of the stream that every worker adds to. */
export const FEED_KEY = 'lookout:detections';

/** About as many entries are kept. */
export const FEED_LENGTH = 1000;

/** Before the first entry of any stream. */
export const STREAM_START = '0-0';

/** An entry's place in the stream, and its words if it has any. */
export interface StreamEntry {
  readonly id: string;
  readonly json: string | undefined;
}

// The stream's length is bounded, so results go on when Redis' memory is full of other things.
const addScript = new RedisScript(`#!lua flags=allow-oom
return redis.call('XADD', '${FEED_KEY}', 'MAXLEN', '~', ${String(FEED_LENGTH)}, '*', 'entry', ARGV[1])
`);

/** Adds an entry to the stream, which sheds its oldest. */
export async function addToStream(redis: Redis, json: string): Promise<void> {
  await addScript.run(redis, json);
}

/** Id of the stream's newest entry; `STREAM_START` when it is empty or not there. */
export async function newestId(redis: Redis): Promise<string> {
  const newest = await redis.xrevrange(FEED_KEY, '+', '-', 'COUNT', 1);
  return newest[0]?.[0] ?? STREAM_START;
}

/** Entries after `id`, oldest first; waits up to `blockMs` for the first, and is then empty. */
export async function readAfter(redis: Redis, id: string, blockMs: number): Promise<StreamEntry[]> {
  const read = await redis.xread('COUNT', 100, 'BLOCK', blockMs, 'STREAMS', FEED_KEY, id);
  return (read?.[0]?.[1] ?? []).map(([entryId, fields]) => ({
    id: entryId,
    json: fields[fields.indexOf('entry') + 1],
  }));
}

/** Whether the entry `a` came before `b` in one stream. */
export function isBefore(a: string, b: string): boolean {
  const [aTime, aNumber] = a.split('-').map(Number);
  const [bTime, bNumber] = b.split('-').map(Number);
  if (aTime !== bTime) return Number(aTime) < Number(bTime);
  return Number(aNumber) < Number(bNumber);
}
