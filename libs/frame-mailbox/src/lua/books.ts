import { mailboxScript } from './script.ts';

/** ARGV: camera, group. Replies the counts in the order of `BOOKS_ORDER`; nil when there are none. */
export const booksScript = mailboxScript(
  'bounded',
  /* lua */ `
local camera, group = unpack(ARGV)
local books = books_key(camera, group)
if redis.call('EXISTS', books) == 0 then return false end
reckon(camera, group, now_ms())
local read = redis.call('HMGET', books, 'id', 'offered', 'delivered', 'overwritten', 'expired',
  'waiting', 'detected', 'failed', 'abandoned')
read[#read + 1] = redis.call('HLEN', leases_key(camera, group))
return read
`,
);

/** What the reply of `booksScript` consists of. */
export const BOOKS_ORDER = [
  'id',
  'offered',
  'delivered',
  'overwritten',
  'expired',
  'waiting',
  'detected',
  'failed',
  'abandoned',
  'processing',
] as const;
