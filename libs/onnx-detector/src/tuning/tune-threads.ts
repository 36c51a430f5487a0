import type { MachineMeter } from './machine-meter.ts';

/** Fewer threads are preferred until they take this many times as long: others share the machine. */
const TOLERATED = 1.1;
/** How often two settings take turns; the fastest of so many is what the machine can do. */
const TURNS = 10;
/** So many turns are taken even when time is up: one alone would say nothing. */
const FEWEST_TURNS = 2;

/** A session whose speed is measured; an `OnnxDetector` is one. */
export interface TuningSession {
  /** Infers once. @returns time in the inference engine in ms */
  runBare(): Promise<number>;
  release(): Promise<void>;
}

/** What was measured of one number of threads. */
export interface ThreadTrial {
  readonly threads: number;
  /** The fastest inference in ms: what the machine can do when others let it. */
  readonly fastestMs: number;
  readonly medianMs: number;
  /** Processor time of an inference in ms, of all threads together; the median. */
  readonly processorMs: number;
  /** How many inferences were measured. */
  readonly runs: number;
}

/** What came of a measurement. */
export interface Tuning {
  /** The number of threads to use. */
  readonly threads: number;
  /** In the order in which they were tried. */
  readonly trials: readonly ThreadTrial[];
  /** What others took meanwhile of the cores that the largest number of threads needs, in %. */
  readonly othersPercent: number;
}

/** How a measurement is made. */
export interface TuningOptions {
  /** The largest number of threads to try. */
  readonly most: number;
  /** So many ms after the first session is there, nothing new is tried. */
  readonly budgetMs: number;
  /** Also tries fewer threads than what was found too few already. */
  readonly exhaustive?: boolean;
}

/** The numbers of threads that are worth a try, the largest first: each half of the one before. */
export function threadLadder(most: number): number[] {
  return most <= 1 ? [1] : [most, ...threadLadder(Math.ceil(most / 2))];
}

/**
 * Finds the smallest number of threads that is nearly as fast as any. It begins with the largest
 * and lets each take turns with half as many, inference by inference, so that what others do to the
 * machine hits both; what counts is the fastest inference of each. Two sessions at most are in
 * memory at once.
 * @param open - makes a session of so many threads, warmed up
 */
export async function tuneThreads(
  open: (threads: number) => Promise<TuningSession>,
  options: TuningOptions,
  meter: MachineMeter,
): Promise<Tuning> {
  const began = { at: meter.now(), own: meter.ownMs(), all: meter.allMs() };
  const [largest = 1, ...fewer] = threadLadder(options.most);
  let best = new Contender(largest, await open(largest), meter);
  // From a cold disk a first session may take all of the time, and nothing would be measured.
  const deadline = meter.now() + options.budgetMs;
  const tried = [best];
  try {
    for (const threads of fewer) {
      if (meter.now() >= deadline) break;
      const challenger = new Contender(threads, await open(threads), meter);
      tried.push(challenger);
      await takeTurns(best, challenger, () => meter.now() >= deadline);
      const fastest = Math.min(...tried.map(({ fastestMs }) => fastestMs));
      const enough = challenger.fastestMs <= TOLERATED * fastest;
      await (enough ? best : challenger).session.release();
      if (enough) best = challenger;
      else if (options.exhaustive !== true) break;
    }
  } finally {
    await best.session.release();
  }
  const elapsed = Math.max(1, meter.now() - began.at);
  const others = meter.allMs() - began.all - (meter.ownMs() - began.own);
  const leftToOthers = Math.max(0, meter.cores - largest) * elapsed;
  return {
    threads: best.threads,
    trials: tried.filter(({ runs }) => runs > 0).map((contender) => contender.trial()),
    othersPercent: Math.round((100 * Math.max(0, others - leftToOthers)) / (elapsed * largest)),
  };
}

async function takeTurns(a: Contender, b: Contender, timeIsUp: () => boolean): Promise<void> {
  for (let turn = 0; turn < TURNS; turn += 1) {
    if (turn >= FEWEST_TURNS && timeIsUp()) return;
    for (const contender of turn % 2 === 0 ? [a, b] : [b, a]) await contender.run();
  }
}

class Contender {
  readonly threads: number;
  readonly session: TuningSession;
  readonly #meter: MachineMeter;
  readonly #ms: number[] = [];
  readonly #processorMs: number[] = [];

  constructor(threads: number, session: TuningSession, meter: MachineMeter) {
    this.threads = threads;
    this.session = session;
    this.#meter = meter;
  }

  get runs(): number {
    return this.#ms.length;
  }

  get fastestMs(): number {
    return Math.min(...this.#ms);
  }

  async run(): Promise<void> {
    const before = this.#meter.ownMs();
    this.#ms.push(await this.session.runBare());
    this.#processorMs.push(this.#meter.ownMs() - before);
  }

  trial(): ThreadTrial {
    return {
      threads: this.threads,
      fastestMs: round(this.fastestMs),
      medianMs: round(middle(this.#ms)),
      processorMs: round(middle(this.#processorMs)),
      runs: this.runs,
    };
  }
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}
