import { mailboxScript } from './script.ts';

/** ARGV: camera, group, ticket, `detected` or `failed`. Replies 1, or 0 when it is too late. */
export const settleScript = mailboxScript(
  'bounded',
  /* lua */ `
local camera, group, ticket, outcome = unpack(ARGV)
reckon(camera, group, now_ms())
local settled = redis.call('HDEL', leases_key(camera, group), ticket)
if settled == 1 then redis.call('HINCRBY', books_key(camera, group), outcome, 1) end
return settled
`,
);
