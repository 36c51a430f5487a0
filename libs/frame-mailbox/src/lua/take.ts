import { mailboxScript } from './script.ts';
import { standingsLua } from './standings.ts';

/**
 * ARGV: group, worker, ms to the deadline, ms for which a take proves that the worker lives, ticket,
 * cameras. Replies camera, detection settings, header and JPEG of the one whose turn it is; or nil.
 */
export const takeScript = mailboxScript(
  'bounded',
  /* lua */ `
${standingsLua}
local group, worker, deadline, alive, ticket = unpack(ARGV, 1, 5)
local now, cameras = now_ms(), {}
for i = 6, #ARGV do cameras[#cameras + 1] = ARGV[i] end
local chosen, turns, promises = next_of(cameras, group, now)
if not chosen then return false end

local camera = chosen.camera
local books = books_key(camera, group)
redis.call('HSET', turns_key(group), 'turns', exact(turns), 'promises', exact(promises))
redis.call('HSET', books, 'waiting', 0, 'turn', exact(chosen.turn), 'kept', exact(chosen.kept))
if chosen.promise then redis.call('HSET', books, 'promise', exact(chosen.promise)) end
redis.call('HINCRBY', books, 'delivered', 1)
redis.call('HSET', leases_key(camera, group), ticket,
  digits(now + deadline) .. ' ' .. digits(now + alive) .. ' ' .. worker)
return { camera, redis.call('HGET', camera_key(camera), 'detection'), redis.call('GET', frame_key(camera)) }
`,
);
