import { mailboxScript } from './script.ts';

/** ARGV: camera. */
export const removeScript = mailboxScript(
  'bounded',
  /* lua */ `
local camera = ARGV[1]
local groups = redis.call('HGET', camera_key(camera), 'groups')
for _, group in ipairs(cjson.decode(groups or '[]')) do
  redis.call('SREM', group_key(group), camera)
  redis.call('DEL', books_key(camera, group), leases_key(camera, group))
end
redis.call('DEL', camera_key(camera), frame_key(camera))
`,
);
