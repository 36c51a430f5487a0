/**
 * Jain's index of fairness: 1 when all shares are the same, 1/n when one has everything; NaN without
 * any share, or when nobody has anything (Jain, Chiu and Hawe, DEC-TR-301, 1984).
 */
export function jainIndex(shares: readonly number[]): number {
  const sum = shares.reduce((total, share) => total + share, 0);
  const squares = shares.reduce((total, share) => total + share ** 2, 0);
  return sum ** 2 / (shares.length * squares);
}
