const MOST = 3;

/** Labels that somebody who wrote another may have meant, the likeliest first. */
export function nearLabels(written: string, labels: readonly string[]): string[] {
  const word = written.toLowerCase();
  const most = Math.max(1, Math.floor(word.length / 3));
  return labels
    .map((label) => ({ label, away: editsBetween(word, label.toLowerCase()) }))
    .filter(({ away }) => away <= most)
    .toSorted((a, b) => a.away - b.away)
    .slice(0, MOST)
    .map(({ label }) => label);
}

/** How many letters must be put in, taken out or replaced (Levenshtein's distance). */
function editsBetween(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let index = 0; index < from.length; index += 1) {
    const next = [index + 1];
    for (let column = 0; column < to.length; column += 1) {
      const replaced = (row[column] ?? 0) + (from[index] === to[column] ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
