import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Tuning } from './tune-threads.ts';

/** Above this share of the cores that it needs, what others took makes a measurement doubtful. */
const DISTURBED_PERCENT = 20;
/** For so long a doubtful measurement counts: through restarts, but not for ever. */
const DISTURBED_COUNTS_MS = 3_600_000;

/** What a measurement holds for: another machine, runtime or model needs another one. */
export interface TuningSubject {
  /** The processor's name, as the system tells it. */
  readonly processor: string;
  readonly cores: number;
  /** Version of ONNX Runtime. */
  readonly runtime: string;
  /** SHA-256 of the model's file. */
  readonly model: string;
  /** The largest number of threads that was to be tried. */
  readonly most: number;
}

const recordSchema = z.strictObject({
  subject: z.strictObject({
    processor: z.string(),
    cores: z.int(),
    runtime: z.string(),
    model: z.string(),
    most: z.int(),
  }),
  measuredAt: z.iso.datetime(),
  tuning: z.strictObject({
    threads: z.int().min(1),
    trials: z.array(
      z.strictObject({
        threads: z.int().min(1),
        fastestMs: z.number(),
        medianMs: z.number(),
        processorMs: z.number(),
        runs: z.int(),
      }),
    ),
    othersPercent: z.number(),
  }),
});

/** Whether others took so much of the machine meanwhile that the measurement should be repeated. */
export function wasDisturbed(tuning: Tuning): boolean {
  return tuning.othersPercent > DISTURBED_PERCENT;
}

/**
 * What was measured before, a small JSON file for each subject. A file that cannot be used counts as
 * none. A measurement that others disturbed counts for an hour, so that restarts stay quick and a
 * bad moment does not decide for good.
 */
export class TuningMemory {
  readonly #folder: string;
  readonly #now: () => number;
  readonly #say: (line: string) => void;

  /**
   * @param folder - made when something is to be kept
   * @param now - wall-clock time in ms since the Unix epoch
   * @param say - told in one line of a file that cannot be read or written
   */
  constructor(folder: string, now: () => number, say: (line: string) => void) {
    this.#folder = folder;
    this.#now = now;
    this.#say = say;
  }

  /** What holds for the subject, or `null`. */
  async recall(subject: TuningSubject): Promise<Tuning | null> {
    const file = this.#fileOf(subject);
    try {
      const record = recordSchema.parse(JSON.parse(await readFile(file, 'utf8')));
      if (identity(record.subject) !== identity(subject)) throw new Error('it is for another one');
      if (record.tuning.threads > subject.most) throw new Error('so many were not tried');
      const age = Math.abs(this.#now() - Date.parse(record.measuredAt));
      if (wasDisturbed(record.tuning) && age > DISTURBED_COUNTS_MS) return null;
      return record.tuning;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      this.#say(`${file} is not a measurement that can be used, and is ignored`);
      return null;
    }
  }

  /** Keeps a measurement in place of an earlier one, in one step. */
  async keep(subject: TuningSubject, tuning: Tuning): Promise<void> {
    const file = this.#fileOf(subject);
    const measuredAt = new Date(this.#now()).toISOString();
    const partial = `${file}.${randomUUID()}.partial`;
    try {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(partial, `${JSON.stringify({ subject, measuredAt, tuning }, null, 2)}\n`);
      await rename(partial, file);
    } catch (error) {
      await rm(partial, { force: true }).catch(() => undefined);
      const reason = error instanceof Error ? error.message : String(error);
      this.#say(`the measurement cannot be kept, the next start measures again: ${reason}`);
    }
  }

  #fileOf(subject: TuningSubject): string {
    const hash = createHash('sha256').update(identity(subject)).digest('hex');
    return join(this.#folder, `${hash.slice(0, 16)}.json`);
  }
}

function identity({ processor, cores, runtime, model, most }: TuningSubject): string {
  return JSON.stringify([processor, cores, runtime, model, most]);
}
