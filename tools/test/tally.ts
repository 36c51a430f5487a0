/** How many tests ended how. */
export interface Tally {
  readonly passed: number;
  /** What failed, each by a name that leads to it. */
  readonly failures: readonly string[];
  readonly skipped: number;
}

/** Nothing has run yet. */
export const NOTHING: Tally = { passed: 0, failures: [], skipped: 0 };

/** Both together. */
export function add(one: Tally, other: Tally): Tally {
  return {
    passed: one.passed + other.passed,
    failures: [...one.failures, ...other.failures],
    skipped: one.skipped + other.skipped,
  };
}

/** The tally of one thing that failed. @param name - what it was */
export function failure(name: string): Tally {
  return { ...NOTHING, failures: [name] };
}

/** The tally of something that either holds or does not. */
export function oneOf(name: string, held: boolean): Tally {
  return held ? { ...NOTHING, passed: 1 } : failure(name);
}

/** The last line of a test run. */
export function inWords({ passed, failures, skipped }: Tally): string {
  return `${String(passed)} passed, ${String(failures.length)} failed, ${String(skipped)} skipped`;
}

/** Whether a run with this tally is a good one: tests ran and none failed. */
export function isGood({ passed, failures }: Tally): boolean {
  return failures.length === 0 && passed > 0;
}
