import type { Detection } from '@lookout/contracts';

/** How many of each class, most first: `[{ label: 'car', count: 3 }, …]`. */
export function tally(detections: readonly Detection[]): { label: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { label } of detections) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts]
    .map(([label, count]) => ({ label, count }))
    .sort((a, b) => b.count - a.count || a.label.localeCompare(b.label));
}
