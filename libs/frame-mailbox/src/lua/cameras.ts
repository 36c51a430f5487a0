import { mailboxScript } from './script.ts';

/** ARGV: group. Replies the ids of its cameras. */
export const camerasScript = mailboxScript(
  'bounded',
  /* lua */ `
return redis.call('SMEMBERS', group_key(ARGV[1]))
`,
);
