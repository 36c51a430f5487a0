import { mailboxScript } from './script.ts';
import { standingsLua } from './standings.ts';

/**
 * ARGV: group, worker, ms to the deadline, ms for which a take proves that the worker lives, ticket,
 * JSON of `cameraIds` and `models` of the lease, `null` for all. Replies camera, detection settings,
 * header and JPEG of the one whose turn it is; the first two when its model is not ready; or nil.
 */
export const takeScript = mailboxScript(
  'bounded',
  /* lua */ `
${standingsLua}
local group, worker, deadline, alive, ticket, json = unpack(ARGV)
local now, terms = now_ms(), cjson.decode(json)
local cameras = terms.cameraIds
if cameras == cjson.null then cameras = redis.call('SMEMBERS', group_key(group)) end
local chosen, turns, promises = next_of(cameras, group, now)
if not chosen then return false end

local camera = chosen.camera
local detection = redis.call('HGET', camera_key(camera), 'detection')
if terms.models ~= cjson.null then
  local ready, wanted = false, cjson.decode(detection).model
  for _, model in ipairs(terms.models) do ready = ready or model == wanted end
  if not ready then return { camera, detection } end
end

local books = books_key(camera, group)
redis.call('HSET', turns_key(group), 'turns', exact(turns), 'promises', exact(promises))
redis.call('HSET', books, 'waiting', 0, 'turn', exact(chosen.turn), 'kept', exact(chosen.kept))
if chosen.promise then redis.call('HSET', books, 'promise', exact(chosen.promise)) end
redis.call('HINCRBY', books, 'delivered', 1)
redis.call('HSET', leases_key(camera, group), ticket,
  digits(now + deadline) .. ' ' .. digits(now + alive) .. ' ' .. worker)
return { camera, detection, redis.call('GET', frame_key(camera)) }
`,
);
