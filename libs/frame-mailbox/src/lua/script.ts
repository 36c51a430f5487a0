import { RedisScript } from '@lookout/redis-link';

/** What every script of the mailbox begins with: names of keys, the time, and the reckoning. */
const prelude = /* lua */ `
local function now_ms()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

-- Text of a time: Lua's own would use an exponent.
local function digits(number)
  return string.format('%.0f', number)
end

local function camera_key(camera) return 'lookout:camera:' .. camera end
local function frame_key(camera) return 'lookout:frame:' .. camera end
local function group_key(group) return 'lookout:group:' .. group end
local function turns_key(group) return 'lookout:turns:' .. group end
local function books_key(camera, group) return 'lookout:books:' .. camera .. ':' .. group end
local function leases_key(camera, group) return 'lookout:leases:' .. camera .. ':' .. group end
local function worker_key(worker) return 'lookout:worker:' .. worker end

-- The camera is the group's no more; the last one takes the group's time with it.
local function leave_group(camera, group)
  redis.call('SREM', group_key(group), camera)
  redis.call('DEL', books_key(camera, group), leases_key(camera, group))
  if redis.call('EXISTS', group_key(group)) == 0 then redis.call('DEL', turns_key(group)) end
end

-- Settles what happened to a group while nobody looked: a frame that vanished by age, workers that
-- died, deadlines that passed. Every script does this before anything else.
local function reckon(camera, group, now)
  local books, leases = books_key(camera, group), leases_key(camera, group)
  if redis.call('HGET', books, 'waiting') == '1' and redis.call('EXISTS', frame_key(camera)) == 0 then
    redis.call('HSET', books, 'waiting', 0)
    redis.call('HINCRBY', books, 'expired', 1)
  end
  local held = redis.call('HGETALL', leases)
  for i = 1, #held, 2 do
    local deadline, alive_until, worker = string.match(held[i + 1], '^(%d+) (%d+) (.*)$')
    local dead = now >= tonumber(alive_until) and redis.call('EXISTS', worker_key(worker)) == 0
    if dead or now >= tonumber(deadline) then
      redis.call('HDEL', leases, held[i])
      redis.call('HINCRBY', books, 'abandoned', 1)
    end
  end
end
`;

/**
 * Makes a script of the mailbox.
 * @param memory - `bounded`: adds little that is soon gone, so it goes on when Redis' memory is full;
 *   `refusable`: is refused whole when it is, before it has done anything
 */
export function mailboxScript(memory: 'bounded' | 'refusable', body: string): RedisScript {
  const flags = memory === 'bounded' ? '#!lua flags=allow-oom' : '#!lua';
  return new RedisScript(`${flags}\n${prelude}\n${body}`);
}
