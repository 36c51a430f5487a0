import { max, median } from 'simple-statistics';
import type { Played } from '../scene/play.ts';
import type { Fault } from '../scene/fault.ts';

/** What came of all plays of one fault. */
export interface Summary {
  readonly name: string;
  readonly about: string;
  readonly played: readonly Played[];
  /** Why it could not be played here, in words. */
  readonly skipped?: string;
}

const COLUMNS = ['unknown', 'books', 'once', 'left', 'other'] as const;

/** The heading of {@link rowOf}. */
export const HEADING = [
  'fault',
  'times',
  'recovery median',
  'worst',
  'no false "fresh"',
  'books exact',
  'nothing twice',
  'nothing left',
  'other camera',
];

/** One row of the table. */
export function rowOf(fault: Fault, { played, skipped, name }: Summary): string[] {
  if (skipped !== undefined) return [name, '0', '', '', '', '', '', '', skipped];
  const times = played.flatMap(({ recoveryMs }) => (recoveryMs === null ? [] : [recoveryMs]));
  const whole = times.length === played.length && times.length > 0;
  const shown = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
  const quiet = fault.hits === 'nothing';
  return [
    name,
    String(played.length),
    quiet ? '-' : whole ? shown(median(times)) : 'NEVER',
    quiet ? '-' : whole ? shown(max(times)) : 'NEVER',
    ...COLUMNS.map((claim) =>
      claim === 'other' && fault.spares === 'nothing' ? 'is hit too' : held(played, claim),
    ),
  ];
}

/** Each claim that did not hold, with what was found. */
export function missesOf({ name, played }: Summary): string[] {
  return played.flatMap(({ claims }, turn) =>
    claims.flatMap(({ claim, holds, found }) =>
      holds ? [] : [`${name}, time ${String(turn + 1)}: ${claim}: ${found.join('; ')}`],
    ),
  );
}

function held(played: readonly Played[], name: string): string {
  const held = played.filter(({ claims }) =>
    claims.every(({ claim, holds }) => claim !== name || holds),
  );
  return held.length === played.length
    ? 'yes'
    : `${String(held.length)} of ${String(played.length)}`;
}

/** What the operator saw most often, in words. */
export function mostSeen({ played }: Summary): string {
  const counts = new Map<string, number>();
  for (const { sight } of played) counts.set(sight, (counts.get(sight) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? '';
}
