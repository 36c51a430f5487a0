import { LEAST_FPS } from '../turns.ts';

/**
 * `nextTurn` of `turns.ts` in Lua: `next_turn(standings, turns, promises, now)`, with `nil` for
 * `null`, changes the standing that it replies, and replies both virtual times after it. A test holds
 * the two together.
 */
export const nextTurnLua = /* lua */ `
local function start(last, share, time)
  if not last then return time end
  return math.max(time - 1 / share, last + 1 / share)
end

local function goes_before(one, other, by)
  if not other or one[by] < other[by] then return true end
  return one[by] == other[by] and one.camera < other.camera
end

local function next_turn(standings, turns, promises, now)
  local by_weight, by_promise
  for _, one in ipairs(standings) do
    local least_fps = math.max(one.min_fps, ${String(LEAST_FPS)})
    local period, since = 1000 / least_fps, math.min(one.since, now)
    local fresh = not one.kept or one.kept > now
    one.due_at = fresh and since or math.max(one.kept + period, since - period)
    one.turn_start = start(one.turn, one.weight, turns)
    one.promise_start = start(one.promise, least_fps, promises)
    if goes_before(one, by_weight, 'turn_start') then by_weight = one end
    if one.due_at <= now and goes_before(one, by_promise, 'promise_start') then by_promise = one end
  end
  if not by_weight then return nil, turns, promises end

  local chosen = by_promise or by_weight
  turns = math.max(turns, by_weight.turn_start)
  if by_promise then
    promises = math.max(promises, by_promise.promise_start)
    chosen.promise = chosen.promise_start
  end
  chosen.turn = math.min(chosen.turn_start, turns)
  chosen.kept = math.min(chosen.due_at, now)
  return chosen, turns, promises
end
`;
