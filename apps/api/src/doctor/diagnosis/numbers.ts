import type { Evidence } from '../doctor-report.ts';

/** Two digits behind the point at most; what is no number is not known. */
export function rounded(value: number | null): number | null {
  const two = value === null ? NaN : Math.round(value * 100) / 100;
  return Number.isFinite(two) ? two : null;
}

export function evidence(
  name: string,
  value: number | null,
  unit: string,
  bound?: number,
): Evidence {
  const limit = rounded(bound ?? null);
  return { name, value: rounded(value), unit, ...(limit === null ? {} : { bound: limit }) };
}

export const percent = (share: number | null): number | null =>
  share === null ? null : share * 100;

/** A share of a whole; nothing of nothing is nothing. */
export function shareOf(part: number, whole: number): number {
  const share = part / whole;
  return Number.isFinite(share) ? Math.min(1, Math.max(0, share)) : 0;
}

/** A rate in words: "12.5". */
export const said = (value: number): string => String(Math.round(value * 10) / 10);
