import { mailboxScript } from './script.ts';

/**
 * ARGV: group. Replies three values for each camera that has a frame for the group: its id, its
 * detection settings, and the ms since the group last took one of its frames (-1: never).
 */
export const waitingScript = mailboxScript(
  'bounded',
  /* lua */ `
local group, now, found = ARGV[1], now_ms(), {}
for _, camera in ipairs(redis.call('SMEMBERS', group_key(group))) do
  reckon(camera, group, now)
  local position = redis.call('HMGET', books_key(camera, group), 'waiting', 'takenAt')
  if position[1] == '1' then
    found[#found + 1] = camera
    found[#found + 1] = redis.call('HGET', camera_key(camera), 'detection')
    found[#found + 1] = position[2] and math.max(0, now - tonumber(position[2])) or -1
  end
end
return found
`,
);
