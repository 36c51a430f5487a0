import type { BenchArguments } from '../arguments.ts';

/** Where a scenario plays. */
export interface Stage {
  /** The checkout. */
  readonly root: string;
  /** Footage to loop. */
  readonly clip: string;
  readonly wish: BenchArguments;
  /** Says how far the scenario is. */
  say(line: string): void;
}

/** One claim and what was found. */
export interface Finding {
  readonly claim: string;
  readonly found: string;
  readonly holds: boolean;
}

/** What came of a scenario. */
export interface Outcome {
  /** For a person: rows of cells, the first row the heading. */
  readonly table: readonly (readonly string[])[];
  readonly findings: readonly Finding[];
  /** For a program: everything that was measured, window by window. */
  readonly measured: unknown;
}

/** Something that is measured on the real thing. */
export interface Scenario {
  readonly name: string;
  readonly about: string;
  play(stage: Stage): Promise<Outcome>;
}
