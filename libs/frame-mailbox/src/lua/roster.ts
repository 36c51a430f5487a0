import { mailboxScript } from './script.ts';

/** ARGV: worker, JSON of its presence, ms for which it counts as alive. */
export const beatScript = mailboxScript(
  'bounded',
  /* lua */ `
redis.call('SET', worker_key(ARGV[1]), ARGV[2], 'PX', ARGV[3])
redis.call('SADD', 'lookout:workers', ARGV[1])
`,
);

/** ARGV: worker. */
export const leaveScript = mailboxScript(
  'bounded',
  /* lua */ `
redis.call('DEL', worker_key(ARGV[1]))
redis.call('SREM', 'lookout:workers', ARGV[1])
`,
);

/** Replies the JSON of each worker that beats, and forgets the others. */
export const workersScript = mailboxScript(
  'bounded',
  /* lua */ `
local found = {}
for _, worker in ipairs(redis.call('SMEMBERS', 'lookout:workers')) do
  local presence = redis.call('GET', worker_key(worker))
  if presence then found[#found + 1] = presence else redis.call('SREM', 'lookout:workers', worker) end
end
return found
`,
);
