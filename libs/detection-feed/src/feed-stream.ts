import { RedisScript } from '@lookout/redis-link';
import type { Redis } from 'ioredis';
import { z } from 'zod';

/** Key of the stream that every worker adds to. */
export const FEED_KEY = 'lookout:detections';

/** About as many entries are kept at most: those of 16 cameras at 5 a second for a minute. */
export const FEED_LENGTH = 5000;

/** About so long an entry is kept, by the clock of Redis: longer than an api needs to come back. */
export const FEED_MS = 60_000;

const READ_COUNT = 100;

/** So many pending entries are named in one command. */
const PENDING_COUNT = 1000;

/** A group has one member at a time, and the next one takes over what it left. */
const GROUP_MEMBER = 'member';

// An entry that was shed while it was not acknowledged has no fields.
const groupReplySchema = z
  .array(z.tuple([z.string(), z.array(z.tuple([z.string(), z.array(z.string()).nullable()]))]))
  .nullable()
  .transform((reply) => reply ?? []);

// Of each pending entry its id, its member, and when and how often it was handed over.
const pendingSchema = z.array(z.tuple([z.string()], z.unknown()));

/** Before the first entry of any stream. */
export const STREAM_START = '0-0';

/** An entry's place in the stream, and its words if it has any. */
export interface StreamEntry {
  readonly id: string;
  readonly json: string | undefined;
}

// The stream's length is bounded, so results go on when Redis' memory is full of other things. An
// id tells the microsecond: with ids of Redis' own making, the first entry of a stream that began
// anew within a millisecond has the id of the old stream's first, and looks as if it had been read.
// Redis makes the id only when this one is not the newest: its clock was set back.
const addScript = new RedisScript(`#!lua flags=allow-oom
local now = redis.call('TIME')
local ms = string.format('%.0f', now[1] * 1000 + math.floor(now[2] / 1000))
local function add(id)
  return redis.pcall('XADD', '${FEED_KEY}', 'MAXLEN', '~', ${String(FEED_LENGTH)}, id, 'entry', ARGV[1])
end
local id = add(ms .. '-' .. now[2] % 1000)
if id.err then id = add('*') end
if id.err then return id end
redis.call('XTRIM', '${FEED_KEY}', 'MINID', '~', string.format('%.0f', ms - ${String(FEED_MS)}))
return id
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
  const read = await redis.xread('COUNT', READ_COUNT, 'BLOCK', blockMs, 'STREAMS', FEED_KEY, id);
  return (read?.[0]?.[1] ?? []).map(([entryId, fields]) => streamEntry(entryId, fields));
}

/**
 * Makes a consumer group that begins with the oldest entry there is.
 * @returns whether there was none of this name
 */
export async function makeGroup(redis: Redis, group: string): Promise<boolean> {
  try {
    await redis.xgroup('CREATE', FEED_KEY, group, STREAM_START, 'MKSTREAM');
    return true;
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('BUSYGROUP')) return false;
    throw error;
  }
}

/**
 * A group's entries, oldest first. After `>`: those that nobody got, waiting up to `blockMs` for the
 * first. After an id: those that its member got and did not acknowledge.
 */
export async function readGroup(
  redis: Redis,
  group: string,
  after: string,
  blockMs: number,
): Promise<StreamEntry[]> {
  const read = await redis.xreadgroup(
    ...(['GROUP', group, GROUP_MEMBER, 'COUNT', READ_COUNT] as const),
    ...(['BLOCK', blockMs, 'STREAMS', FEED_KEY, after] as const),
  );
  return groupReplySchema
    .parse(read)
    .flatMap(([, entries]) => entries.map(([id, fields]) => streamEntry(id, fields ?? [])));
}

/** A group's entries need not be kept for it any more. */
export async function acknowledge(
  redis: Redis,
  group: string,
  ids: readonly string[],
): Promise<void> {
  for (let from = 0; from < ids.length; from += PENDING_COUNT) {
    await redis.xack(FEED_KEY, group, ...ids.slice(from, from + PENDING_COUNT));
  }
}

/**
 * Lets go of what the stream shed before the group acknowledged it: it can be handed to nobody, and
 * the group would remember its ids for ever.
 */
export async function forgetShed(redis: Redis, group: string): Promise<void> {
  const [oldest] = await redis.xrange(FEED_KEY, '-', '+', 'COUNT', 1);
  const end = oldest === undefined ? '+' : `(${oldest[0]}`;
  for (let count = PENDING_COUNT; count === PENDING_COUNT;) {
    const reply = await redis.xpending(FEED_KEY, group, '-', end, PENDING_COUNT);
    const ids = pendingSchema.parse(reply).map(([id]) => id);
    await acknowledge(redis, group, ids);
    count = ids.length;
  }
}

function streamEntry(id: string, fields: readonly string[]): StreamEntry {
  const at = fields.indexOf('entry');
  return { id, json: at === -1 ? undefined : fields[at + 1] };
}

/** Whether the entry `a` came before `b` in one stream. */
export function isBefore(a: string, b: string): boolean {
  const [aTime, aNumber] = a.split('-').map(Number);
  const [bTime, bNumber] = b.split('-').map(Number);
  if (aTime !== bTime) return Number(aTime) < Number(bTime);
  return Number(aNumber) < Number(bNumber);
}
