import type { Books } from '@lookout/contracts';

/** One equation of the books: a total and what it is made of. */
export interface BookSum {
  readonly total: Entry;
  readonly parts: readonly Entry[];
  readonly sum: number;
}

interface Entry {
  readonly name: string;
  readonly count: number;
  readonly meaning: string;
}

/** Both equations, each total and each part as the server counted it, and the sum worked out here. */
export function bookSums(books: Books): BookSum[] {
  const entry = (name: keyof typeof MEANINGS): Entry => ({
    name,
    count: books[name],
    meaning: MEANINGS[name],
  });
  const equation = (total: Entry, ...parts: Entry[]): BookSum => ({
    total,
    parts,
    sum: parts.reduce((sum, { count }) => sum + count, 0),
  });
  return [
    equation(
      entry('offered'),
      entry('delivered'),
      entry('overwritten'),
      entry('expired'),
      entry('waiting'),
    ),
    equation(
      entry('delivered'),
      entry('detected'),
      entry('failed'),
      entry('abandoned'),
      entry('processing'),
    ),
  ];
}

const MEANINGS = {
  offered: 'put where workers take frames from',
  delivered: 'taken by a worker',
  overwritten: 'replaced by a newer frame first',
  expired: 'too old before anyone took them',
  waiting: 'not yet taken',
  detected: 'ended with a result',
  failed: 'ended with an error',
  abandoned: 'their worker died or took too long',
  processing: 'with a worker now',
} as const;
