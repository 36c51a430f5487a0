import { mailboxScript } from './script.ts';

/**
 * ARGV: group, worker, ms to the deadline, ms for which a take proves that the worker lives, ticket,
 * cameras in the order of preference. Replies camera, detection settings, header and JPEG; or nil.
 */
export const takeScript = mailboxScript(
  'bounded',
  /* lua */ `
local group, worker, deadline, alive, ticket = unpack(ARGV, 1, 5)
local now = now_ms()
for i = 6, #ARGV do
  local camera = ARGV[i]
  local books = books_key(camera, group)
  reckon(camera, group, now)
  if redis.call('HGET', books, 'waiting') == '1' then
    redis.call('HSET', books, 'waiting', 0, 'takenAt', digits(now))
    redis.call('HINCRBY', books, 'delivered', 1)
    redis.call('HSET', leases_key(camera, group), ticket,
      digits(now + deadline) .. ' ' .. digits(now + alive) .. ' ' .. worker)
    return { camera, redis.call('HGET', camera_key(camera), 'detection'), redis.call('GET', frame_key(camera)) }
  end
end
return false
`,
);
