import type { BenchArguments } from '../arguments.ts';
import type { Finding } from '../report/finding.ts';
import type { Plot } from '../report/plot.ts';

/** Where a scenario plays. */
export interface Stage {
  /** The checkout. */
  readonly root: string;
  /** Footage to loop. */
  readonly clip: string;
  readonly wish: BenchArguments;
  /** Aborted when a person wants the report of what was measured so far. */
  readonly enough: AbortSignal;
  /** Says how far the scenario is. */
  say(line: string): void;
}

/** What came of a scenario. */
export interface Outcome {
  /** For a person: rows of cells, the first row the heading. */
  readonly table: readonly (readonly string[])[];
  readonly findings: readonly Finding[];
  /** For the docs. */
  readonly plots?: readonly Plot[];
  /** For a program: everything that was measured, window by window. */
  readonly measured: unknown;
}

/** Something that is measured on the real thing. */
export interface Scenario {
  readonly name: string;
  readonly about: string;
  /** Whether it is left out unless a person names it: it proves nothing, but helps to choose. */
  readonly onlyByName?: boolean;
  /** Whether it opens the dashboard, which takes a Chromium. */
  readonly needsBrowser?: boolean;
  /** Why it is left out of a quick run, unless a person names it. */
  readonly notQuick?: string;
  /** Whether a person may end it before its time and have its report all the same. */
  readonly endsEarly?: boolean;
  play(stage: Stage): Promise<Outcome>;
}
