/** What a group knows of a camera that has a frame for it. */
export interface Standing {
  readonly cameraId: string;
  readonly weight: number;
  readonly minFps: number;
  /** Where its last turn began, in the virtual time of weights; `null`: it had none. */
  readonly turn: number | null;
  /** Where its last turn for its minimum began, in the virtual time of minimums; `null`: it had none. */
  readonly promise: number | null;
  /** The moment, in ms, for which its last turn counts against its minimum; `null`: it had none. */
  readonly kept: number | null;
  /** Since when it has a frame, in ms. */
  readonly since: number;
}

/** How far a group's two virtual times have come. */
export interface GroupTime {
  readonly turns: number;
  readonly promises: number;
}

/** A turn that is given, and what is to be remembered of it. */
export interface Turn extends Pick<Standing, 'cameraId' | 'turn' | 'promise' | 'kept'> {
  readonly time: GroupTime;
}

/** A camera without a minimum is looked at this often all the same, lest it starve. */
export const LEAST_FPS = 0.1;

/**
 * Whose turn it is, of cameras that share a detector: two start-time fair queues, one above the other.
 *
 * The lower one shares by `weight`. Its virtual time is the start of the turn that is given now. A
 * camera's next turn starts `1 / weight` after its last, but no longer before the present than that;
 * who starts first goes first. So cameras that always have a frame get turns in proportion to their
 * weights, to within one turn each, whatever the speed and number of workers; one that had no frame
 * for a while gets one turn early, not all that it missed; and a new one begins at the present.
 *
 * The upper one keeps the minimums. A camera is in it while it is behind its `minFps` by the clock,
 * and there the minimum is its weight: when more is promised than can be done, all promises are kept
 * in the same proportion. A turn for the minimum counts as a turn by weight too, so a camera gets its
 * minimum or its share, whichever is more, and owes nothing for it later.
 *
 * The queue is SFQ (Goyal, Vin, Cheng: Start-time Fair Queuing, SIGCOMM 1996); a minimum in real time
 * above a weight is from mClock (Gulati, Merchant, Varman, OSDI 2010). The same in Lua, where several
 * workers share it: `lua/next-turn.ts`.
 *
 * @param standings - the cameras that have a frame
 * @param now - in ms, by the clock of `kept` and `since`
 * @returns `null` when no camera has one
 */
export function nextTurn(
  standings: readonly Standing[],
  time: GroupTime,
  now: number,
): Turn | null {
  const turnOf = (one: Standing): number => start(one.turn, one.weight, time.turns);
  const promiseOf = (one: Standing): number => start(one.promise, leastFps(one), time.promises);
  const byWeight = first(standings, turnOf);
  const byPromise = first(
    standings.filter((one) => dueAt(one, now) <= now),
    promiseOf,
  );
  const chosen = byPromise ?? byWeight;
  if (chosen === undefined || byWeight === undefined) return null;

  const turns = Math.max(time.turns, turnOf(byWeight));
  const promises =
    byPromise === undefined ? time.promises : Math.max(time.promises, promiseOf(byPromise));
  return {
    cameraId: chosen.cameraId,
    turn: Math.min(turnOf(chosen), turns),
    promise: byPromise === undefined ? chosen.promise : promiseOf(byPromise),
    kept: Math.min(dueAt(chosen, now), now),
    time: { turns, promises },
  };
}

function leastFps({ minFps }: Standing): number {
  return Math.max(minFps, LEAST_FPS);
}

/** Where a camera's next turn starts in a queue whose virtual time is `time`. */
function start(last: number | null, share: number, time: number): number {
  return last === null ? time : Math.max(time - 1 / share, last + 1 / share);
}

/** When a camera's minimum demands its next turn: at once after the clock was set back. */
function dueAt(one: Standing, now: number): number {
  const period = 1000 / leastFps(one);
  const since = Math.min(one.since, now);
  if (one.kept === null || one.kept > now) return since;
  return Math.max(one.kept + period, since - period);
}

/** Equal starts are settled by id. */
function first(
  some: readonly Standing[],
  startOf: (one: Standing) => number,
): Standing | undefined {
  return some.toSorted((a, b) => startOf(a) - startOf(b) || (a.cameraId < b.cameraId ? -1 : 1))[0];
}
