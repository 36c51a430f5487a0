import type { CameraFacts, DetectorTally, SystemFacts, WorkerFacts } from './facts.ts';
import { evidence, percent, said, shareOf } from './numbers.ts';
import { redisTrouble } from './redis.ts';
import type { Symptom } from './symptom.ts';

/** From this share of the offered frames on, the detector keeps up. */
const ENOUGH = 0.9;
/** Failures above this share are no accident. */
const FAILING = 0.05;
/** A worker that computes this much of its time has no more to give. */
export const SATURATED = 0.85;
/** Share of idle cores at which one more worker finds a place. */
const IDLE = 0.3;

export const NO_WORKER = {
  severity: 'critical',
  headline: 'No worker is running, so nothing is looked for.',
  advice:
    'Start a worker: LOOKOUT_WORKERS=1, or npm start -- --only worker on this or another machine.',
} as const;

/** Share of its time that a worker computes; `null`: it has not said. */
export function utilisation({ rate, inferenceMs }: WorkerFacts): number | null {
  if (inferenceMs === null) return null;
  const share = (rate * inferenceMs) / 1000;
  return Number.isFinite(share) ? Math.min(1, Math.max(0, share)) : null;
}

/** The busiest of them. */
export function busiest(workers: readonly WorkerFacts[]): number | null {
  const shares = workers.map(utilisation).filter((share) => share !== null);
  return shares.length === 0 ? null : Math.max(...shares);
}

/**
 * What keeps offered frames of a live camera from being looked at.
 * @param sharing - cameras with detection, this one included, among which the workers are shared
 */
export function inferenceSymptoms(
  camera: CameraFacts,
  system: SystemFacts,
  sharing: number,
): Symptom[] {
  const { workers } = system;
  if (workers === null) return [];
  const found = { limit: 'inference', evidence: evidenceOf(camera, workers, sharing) } as const;
  if (workers.length === 0) return [{ ...found, ...NO_WORKER, gain: 1 }];
  const { tally } = camera;
  if (tally === null || !(tally.offered > 0) || !(tally.seconds > 0)) return [];
  const kept = shareOf(tally.detected, tally.offered);
  const lost = shareOf(tally.failed + tally.abandoned, tally.offered);
  if (lost >= FAILING) return [{ ...found, ...failing(camera, tally), gain: lost }];
  // A detector that waits for Redis is not to blame for what it misses.
  const waits = redisTrouble(system) !== null && (busiest(workers) ?? 0) < SATURATED;
  // The frame that waits and the one in work are not lost: short windows would else look bad.
  if (kept >= ENOUGH || tally.offered - tally.detected < 3 || waits) return [];
  return [
    {
      ...found,
      severity: tally.detected === 0 ? 'critical' : 'warning',
      gain: 1 - kept,
      headline: `The detector looks at ${said(tally.detected / tally.seconds)} of ${said(tally.offered / tally.seconds)} frames a second; the others are replaced by newer ones.`,
      advice: adviceFor(tally, workers, system, sharing),
    },
  ];
}

function evidenceOf(
  { tally, wanted }: CameraFacts,
  workers: readonly WorkerFacts[],
  sharing: number,
) {
  const perSecond = (count: number) => (tally === null ? null : count / tally.seconds);
  const times = workers.map(({ inferenceMs }) => inferenceMs).filter((ms) => ms !== null);
  return [
    evidence('frames looked at', perSecond(tally?.detected ?? 0), 'per second', wanted.detect),
    evidence('frames offered', perSecond(tally?.offered ?? 0), 'per second', wanted.detect),
    evidence('inferences failed', perSecond(tally?.failed ?? 0), 'per second'),
    evidence('inferences given up', perSecond(tally?.abandoned ?? 0), 'per second'),
    evidence('workers', workers.length, ''),
    evidence('busiest worker', percent(busiest(workers)), '%', 100 * SATURATED),
    evidence('one inference', times.length === 0 ? null : Math.max(...times), 'ms'),
    evidence('cameras that share the workers', sharing, ''),
  ];
}

function failing({ detection }: CameraFacts, { failed, abandoned }: DetectorTally) {
  const ended = failed >= abandoned;
  return {
    severity: 'critical',
    headline: ended
      ? `Inferences fail: ${detection.reason ?? 'the worker does not say why'}`
      : 'Inferences are given up: the worker died in the middle of them, or took too long.',
    advice: ended
      ? "Read the worker's log, and choose another model for this camera if it names the model."
      : "Read the worker's log for restarts; a smaller model, or more memory, keeps it alive.",
  } as const;
}

function adviceFor(
  { detected, seconds }: DetectorTally,
  workers: readonly WorkerFacts[],
  { cores, processorBusy }: SystemFacts,
  sharing: number,
): string {
  const repeat = Math.max(...workers.map(({ inferenceRepeat }) => inferenceRepeat));
  if (repeat > 1) {
    return `Unset INFERENCE_REPEAT: it makes the worker run each inference ${String(repeat)} times.`;
  }
  if (processorBusy !== null && processorBusy <= 1 - IDLE && workers.length < cores) {
    return `Run one more worker (LOOKOUT_WORKERS=${String(workers.length + 1)}): ${said((1 - processorBusy) * 100)} % of the processor is idle.`;
  }
  const rate = Math.max(0.1, Math.floor((detected / seconds) * 10) / 10);
  return sharing > 1
    ? `Lower detectFps of the ${String(sharing)} cameras that share the workers (this one manages ${said(rate)}), or choose a smaller model.`
    : `Set detectFps to ${said(rate)}, which is what this machine manages, or choose a smaller model.`;
}
