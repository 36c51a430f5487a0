import { nextTurnLua } from './next-turn.ts';

/**
 * `next_of(cameras, group, now)`: whose turn it is of those of the cameras that have a frame for the
 * group, after the reckoning. Replies its standing (or nil) and both virtual times after its turn.
 * Changes nothing but what is reckoned.
 */
export const standingsLua = /* lua */ `
${nextTurnLua}

-- A virtual time as text, to the last bit.
local function exact(number)
  return string.format('%.17g', number)
end

local function next_of(cameras, group, now)
  local standings = {}
  for _, camera in ipairs(cameras) do
    reckon(camera, group, now)
    local place = redis.call('HMGET', books_key(camera, group), 'waiting', 'since', 'turn', 'promise', 'kept')
    if place[1] == '1' then
      local known = redis.call('HMGET', camera_key(camera), 'weight', 'minFps')
      standings[#standings + 1] = {
        camera = camera,
        weight = tonumber(known[1] or 1),
        min_fps = tonumber(known[2] or 0),
        since = tonumber(place[2] or now),
        turn = tonumber(place[3] or nil),
        promise = tonumber(place[4] or nil),
        kept = tonumber(place[5] or nil),
      }
    end
  end
  local time = redis.call('HMGET', turns_key(group), 'turns', 'promises')
  return next_turn(standings, tonumber(time[1] or 0), tonumber(time[2] or 0), now)
end
`;
