/** One claim and what was found. */
export interface Finding {
  readonly claim: string;
  readonly found: string;
  /** `null`: not measured, or not well enough to tell. */
  readonly holds: boolean | null;
}

/**
 * Judges a claim by the figures that it rests on: where one of them is missing (NaN, or none at
 * all), nothing was measured, and the claim neither holds nor is missed.
 */
export function judge(
  claim: string,
  figures: readonly number[],
  found: string,
  holds: boolean,
): Finding {
  if (figures.length === 0 || figures.some((figure) => Number.isNaN(figure))) {
    return { claim, found: 'not measured', holds: null };
  }
  return { claim, found, holds };
}

/** One line for a person. */
export function formatFinding({ claim, found, holds }: Finding): string {
  const verdict = holds === null ? 'unknown' : holds ? 'holds' : 'MISSED';
  return `${verdict.padEnd(7)}  ${claim}: ${found}`;
}
