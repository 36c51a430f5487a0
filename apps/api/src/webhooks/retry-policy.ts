import type { InjectionToken } from '@nestjs/common';

/** How long, and how patiently, a delivery is tried. */
export interface RetryPolicy {
  /** Between one try and the next; the last counts for all later ones. */
  readonly delaysMs: readonly number[];
  /** A share of a delay that is added or taken away by chance, so that many do not come at once. */
  readonly jitter: number;
  /** A delivery that is older is tried once if it never was, and no more. */
  readonly giveUpAfterMs: number;
  /**
   * Once a receiver has taken a message, another one for it that has yet to wait longer than this
   * is tried at once: an outage that is over ends for all. A message that fails by itself would so be
   * tried as often as others succeed; see `wakePause`.
   */
  readonly longWaitMs: number;
  /** Of one try, from the looking up of the name to the end of the answer. */
  readonly timeoutMs: number;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/**
 * Steep at first, for a receiver that is started again; at most an hour later on, because whatever
 * comes after a delivery in its line waits for it.
 */
export const RETRY_POLICY: RetryPolicy = {
  delaysMs: [5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR],
  jitter: 0.2,
  giveUpAfterMs: 24 * HOUR,
  longWaitMs: MINUTE,
  timeoutMs: 10 * SECOND,
};

export const RETRIES: InjectionToken<RetryPolicy> = Symbol('RetryPolicy');

/** The longest that a delivery ever has to wait for its next try, in ms. */
export function longestDelay({ delaysMs, jitter }: RetryPolicy): number {
  return Math.max(...delaysMs) * (1 + jitter);
}

/**
 * How long, in ms, a message rests after a try before another one's success has it tried again: not
 * at all at first, then `longWaitMs`, and twice as long each time.
 * @param wakes - how often that happened so far
 */
export function wakePause({ longWaitMs }: RetryPolicy, wakes: number): number {
  return wakes === 0 ? 0 : longWaitMs * 2 ** (wakes - 1);
}

/**
 * @param tries - so far, at least one
 * @param chance - 0 to 1
 * @returns when to try again, in ms since the Unix epoch; `null`: never
 */
export function nextTry(
  policy: RetryPolicy,
  {
    createdAt,
    now,
    tries,
    chance,
  }: Readonly<Record<'createdAt' | 'now' | 'tries' | 'chance', number>>,
): number | null {
  const delay = policy.delaysMs[Math.min(tries, policy.delaysMs.length) - 1] ?? 0;
  const at = Math.round(now + delay * (1 + policy.jitter * (2 * chance - 1)));
  return at > createdAt + policy.giveUpAfterMs ? null : at;
}
