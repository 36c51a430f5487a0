import { mailboxScript } from './script.ts';

/** ARGV: camera, JSON of groups, expiry in ms, JSON of detection settings, id for new books. */
export const registerScript = mailboxScript(
  'bounded',
  /* lua */ `
local camera, groups, expiry, detection, id = unpack(ARGV)
local before = redis.call('HGET', camera_key(camera), 'groups')
local settings = cjson.decode(detection)
redis.call('HSET', camera_key(camera), 'groups', groups, 'expiry', expiry, 'detection', detection,
  'weight', settings.weight, 'minFps', settings.minFps)

local wanted = {}
for _, group in ipairs(cjson.decode(groups)) do
  wanted[group] = true
  redis.call('SADD', group_key(group), camera)
  if redis.call('HSETNX', books_key(camera, group), 'id', id .. ':' .. group) == 1 then
    redis.call('HSET', books_key(camera, group),
      'offered', 0, 'delivered', 0, 'overwritten', 0, 'expired', 0, 'waiting', 0,
      'detected', 0, 'failed', 0, 'abandoned', 0)
  end
end

for _, group in ipairs(cjson.decode(before or '[]')) do
  if not wanted[group] then leave_group(camera, group) end
end
`,
);
