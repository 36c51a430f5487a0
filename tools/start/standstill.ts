/** Looks whether something beats. */
export interface StandstillWatch {
  /** It has just shown that it does not stand still. */
  readonly beat: () => void;
  readonly end: () => void;
}

/** How often to look in the time that is allowed. */
const LOOKS = 8;

/**
 * Watches something from its first beat on, until it stands still or the watch is ended.
 * @param still - called once, when there was no beat for `allowedMs`
 */
export function watchForStandstill(allowedMs: number, still: () => void): StandstillWatch {
  const everyMs = allowedMs / LOOKS;
  let beatAt: number | undefined;
  let lookedAt = performance.now();
  const looking = setInterval(() => {
    const now = performance.now();
    // When this process itself stood still, beats that came meanwhile are yet to be read.
    if (now - lookedAt > 2 * everyMs && beatAt !== undefined) beatAt = now;
    lookedAt = now;
    if (beatAt === undefined || now - beatAt <= allowedMs) return;
    clearInterval(looking);
    still();
  }, everyMs);
  return {
    beat: () => {
      beatAt = performance.now();
    },
    end: () => {
      clearInterval(looking);
    },
  };
}
