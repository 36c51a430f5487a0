import { mailboxScript } from './script.ts';

/** Channel on which a publish names its camera. */
export const DOORBELL_CHANNEL = 'lookout:doorbell';

/**
 * ARGV: camera, epoch, sequence, header and JPEG.
 * Replies `accepted`, `repeated` or `unknown` (the camera is not registered).
 */
export const publishScript = mailboxScript(
  'refusable',
  /* lua */ `
local camera, epoch, sequence, frame = unpack(ARGV)
local known = redis.call('HMGET', camera_key(camera), 'groups', 'expiry', 'epoch', 'sequence')
if not known[1] then return 'unknown' end

local now, groups = now_ms(), cjson.decode(known[1])
for _, group in ipairs(groups) do reckon(camera, group, now) end

if known[3] then
  local newer = tonumber(epoch) - tonumber(known[3])
  if newer == 0 then newer = tonumber(sequence) - tonumber(known[4]) end
  if newer <= 0 then return 'repeated' end
end

redis.call('SET', frame_key(camera), frame, 'PX', known[2])
redis.call('HSET', camera_key(camera), 'epoch', epoch, 'sequence', sequence)
for _, group in ipairs(groups) do
  local books = books_key(camera, group)
  if redis.call('HGET', books, 'waiting') == '1' then
    redis.call('HINCRBY', books, 'overwritten', 1)
  else
    redis.call('HSET', books, 'waiting', 1, 'since', digits(now))
  end
  redis.call('HINCRBY', books, 'offered', 1)
end
redis.call('PUBLISH', '${DOORBELL_CHANNEL}', camera)
return 'accepted'
`,
);
