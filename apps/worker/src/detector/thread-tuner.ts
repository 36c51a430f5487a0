import {
  measureModel,
  mostThreads,
  type Tuning,
  TuningMemory,
  tuningSubject,
  wasDisturbed,
} from '@lookout/onnx-detector';

/** After this time at the start nothing new is tried. */
const BUDGET_MS = 3000;

/** How many threads an inference gets. */
export interface ThreadChoice {
  readonly threads: number;
  /** `pinned` by the operator, or `tuned` for this machine. */
  readonly chosen: 'pinned' | 'tuned';
  /** What an operator should know of it, in lines for the log. */
  readonly notes: readonly string[];
}

/** What the choice follows. */
export interface TunerSettings {
  /** `INFERENCE_THREADS`: nothing is measured. */
  readonly threads: number | undefined;
  /** Workers that share this machine. */
  readonly workers: number;
  /** Folder of what was measured before. */
  readonly tunings: string;
}

type TunedModel = Parameters<typeof measureModel>[0];

/** Chooses the threads of an inference: as pinned, as measured before, or as measured now. */
export class ThreadTuner {
  readonly #settings: TunerSettings;
  readonly #most: number;
  readonly #now: () => number;
  readonly #measure: typeof measureModel;
  #first: number | undefined;

  constructor(
    settings: TunerSettings,
    now: () => number,
    most = mostThreads(settings.workers),
    measure = measureModel,
  ) {
    this.#settings = settings;
    this.#now = now;
    this.#most = most;
    this.#measure = measure;
  }

  /**
   * Measures for the first model only, while the worker starts. Later ones are loaded between two
   * frames: they get what was measured of them before, or what the first one has.
   */
  async choose(model: TunedModel): Promise<ThreadChoice> {
    const { threads: pinned, tunings } = this.#settings;
    if (pinned !== undefined) return { threads: pinned, chosen: 'pinned', notes: [] };
    if (this.#most === 1) return { threads: 1, chosen: 'tuned', notes: [] };
    const notes: string[] = [];
    const memory = new TuningMemory(tunings, this.#now, (line) => notes.push(line));
    const subject = tuningSubject(model, this.#most);
    const known = await memory.recall(subject);
    if (known !== null) notes.push(`as measured before: ${describe(known)}`);
    else if (this.#first !== undefined) notes.push('not measured: as many as the first model has');
    const threads = known?.threads ?? this.#first;
    if (threads !== undefined) {
      this.#first ??= threads;
      return { threads, chosen: 'tuned', notes };
    }
    const began = performance.now();
    try {
      const tuning = await this.#measure(model, { most: this.#most, budgetMs: BUDGET_MS });
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      await memory.keep(subject, tuning);
      notes.push(`measured in ${seconds} s: ${describe(tuning)}`);
      if (wasDisturbed(tuning)) notes.push(adviseAfter(tuning));
      this.#first = tuning.threads;
    } catch (error) {
      // Whether the model can be used at all, its loading tells next.
      const reason = error instanceof Error ? error.message : String(error);
      notes.push(`could not be measured: ${reason}`);
      this.#first = this.#most;
    }
    return { threads: this.#first, chosen: 'tuned', notes };
  }
}

function describe({ trials }: Tuning): string {
  return trials
    .map(
      ({ threads, fastestMs }) =>
        `${String(threads)} thread${threads === 1 ? '' : 's'} ${String(fastestMs)} ms`,
    )
    .join(', ');
}

function adviseAfter({ othersPercent }: Tuning): string {
  return (
    `others took ${String(othersPercent)} % of the cores that it needs meanwhile, so this counts for an hour only; ` +
    'npm run models -- tune measures it in a quiet moment, INFERENCE_THREADS pins it'
  );
}
