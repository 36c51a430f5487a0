import { mailboxScript } from './script.ts';

/** ARGV: camera. */
export const removeScript = mailboxScript(
  'bounded',
  /* lua */ `
local camera = ARGV[1]
local groups = redis.call('HGET', camera_key(camera), 'groups')
for _, group in ipairs(cjson.decode(groups or '[]')) do
  leave_group(camera, group)
end
redis.call('DEL', camera_key(camera), frame_key(camera))
`,
);
