/** How many tests ended how. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Nothing has run yet. */
export const NOTHING: Tally = { passed: 0, failed: 0, skipped: 0 };

/** Both together. */
export function add(one: Tally, other: Tally): Tally {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: one.skipped + other.skipped,
  };
}

/** The tally of something that either holds or does not. */
export function oneOf(held: boolean): Tally {
  return held ? { ...NOTHING, passed: 1 } : { ...NOTHING, failed: 1 };
}

/** The last line of a test run. */
export function inWords({ passed, failed, skipped }: Tally): string {
  return `${String(passed)} passed, ${String(failed)} failed, ${String(skipped)} skipped`;
}

/** Whether a run with this tally is a good one: tests ran and none failed. */
export function isGood({ passed, failed }: Tally): boolean {
  return failed === 0 && passed > 0;
}
