import type { FrameId } from '@lookout/contracts';
import { type Clock, PercentileWindow, RateMeter } from '@lookout/timing';
import { Inject, Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import type { Log } from '../log.ts';
import { CLOCK } from '../tokens.ts';

const SUMMARY_MS = 1000;

interface Second {
  readonly inferenceMs: number[];
  readonly ageMs: number[];
  failed: number;
  late: number;
}

/** Writes down what became of every frame: each at `debug`, and a summary per camera and second at `info`. */
@Injectable()
export class FrameJournal {
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #seconds = new Map<string, Second>();
  readonly #rate: RateMeter;
  readonly #inferenceMs: PercentileWindow;

  constructor(@Inject(CLOCK) clock: Clock, @Inject(PinoLogger) log: Log) {
    this.#clock = clock;
    this.#log = log;
    this.#rate = new RateMeter(clock);
    this.#inferenceMs = new PercentileWindow(clock);
  }

  /** Begins to write a summary of each second that had something. @returns ends it */
  summarize(): () => void {
    return this.#clock.every(SUMMARY_MS, () => {
      for (const [camera, second] of this.#seconds) this.#write(camera, second);
      this.#seconds.clear();
    });
  }

  detected(
    frame: FrameId,
    found: { model: string; inferenceMs: number; ageMs: number; objects: number },
  ): void {
    this.#rate.mark();
    this.#inferenceMs.add(found.inferenceMs);
    const second = this.#second(frame.cameraId);
    second.inferenceMs.push(found.inferenceMs);
    second.ageMs.push(found.ageMs);
    this.#log.debug(
      { ...idOf(frame), ...found },
      `inference took ${found.inferenceMs.toFixed(1)} ms`,
    );
  }

  failed(frame: FrameId, reason: string): void {
    this.#second(frame.cameraId).failed += 1;
    this.#log.debug({ ...idOf(frame), reason }, 'frame failed');
  }

  late(frame: FrameId): void {
    this.#second(frame.cameraId).late += 1;
    this.#log.debug(idOf(frame), 'frame was given up before it was done');
  }

  /** Frames per second over the last 5 s. */
  rate(): number {
    return Math.round(this.#rate.rate() * 10) / 10;
  }

  /** Median over the last 60 s. */
  inferenceMs(): number | null {
    return this.#inferenceMs.percentiles()?.p50 ?? null;
  }

  #second(camera: string): Second {
    let second = this.#seconds.get(camera);
    if (second === undefined) {
      second = { inferenceMs: [], ageMs: [], failed: 0, late: 0 };
      this.#seconds.set(camera, second);
    }
    return second;
  }

  #write(camera: string, second: Second): void {
    const detected = second.inferenceMs.length;
    const inferenceMs = median(second.inferenceMs);
    const ageMs = median(second.ageMs);
    const parts = [`${String(detected)} detected`];
    if (detected > 0) {
      parts.push(`inference ${inferenceMs.toFixed(0)} ms`, `age ${ageMs.toFixed(0)} ms`);
    }
    if (second.failed > 0) parts.push(`${String(second.failed)} failed`);
    if (second.late > 0) parts.push(`${String(second.late)} late`);
    const fields = { camera, detected, failed: second.failed, late: second.late };
    this.#log.info(
      detected > 0 ? { ...fields, inferenceMs, ageMs } : fields,
      `${camera}: ${parts.join(', ')}`,
    );
  }
}

function idOf(frame: FrameId): { camera: string; epoch: number; sequence: number } {
  return { camera: frame.cameraId, epoch: frame.epoch, sequence: frame.sequence };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round((sorted[Math.floor(sorted.length / 2)] ?? 0) * 10) / 10;
}
