import { mailboxScript } from './script.ts';
import { standingsLua } from './standings.ts';

/**
 * ARGV: group. Replies two values for each camera that has a frame for the group, its id and its
 * detection settings; the one whose turn it is comes first.
 */
export const waitingScript = mailboxScript(
  'bounded',
  /* lua */ `
${standingsLua}
local group, found = ARGV[1], {}
local function add(camera)
  found[#found + 1] = camera
  found[#found + 1] = redis.call('HGET', camera_key(camera), 'detection')
end
local chosen, _, _, waiting = next_of(redis.call('SMEMBERS', group_key(group)), group, now_ms())
if chosen then add(chosen.camera) end
for _, camera in ipairs(waiting) do
  if camera ~= chosen.camera then add(camera) end
end
return found
`,
);
