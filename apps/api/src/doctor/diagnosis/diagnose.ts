import type { CameraDiagnosis, CameraFinding } from '../doctor-report.ts';
import { absenceSymptoms } from './absence.ts';
import { diskSymptoms } from './disk.ts';
import type { CameraFacts, SystemFacts } from './facts.ts';
import { inferenceSymptoms } from './inference.ts';
import { evidence, said } from './numbers.ts';
import { redisSymptoms } from './redis.ts';
import { supplySymptoms } from './supply.ts';
import type { Symptom } from './symptom.ts';
import { viewerSymptoms } from './viewer.ts';

/** Rates of a camera that has been live for less than this, in ms, say little. */
const SETTLED = 5000;

/**
 * Names the part that limits each camera now: the one whose cure would win most, and of equal ones
 * the first on a frame's way. The others follow in `also`. Total: whatever numbers are missing or
 * broken, there is an answer, and it is `none` only where every part was seen to be well.
 */
export function diagnoseCameras(
  cameras: readonly CameraFacts[],
  system: SystemFacts,
): CameraDiagnosis[] {
  const sharing = cameras.filter(
    ({ detection, state }) => detection.freshness !== 'off' && state === 'live',
  ).length;
  return cameras.map((camera) => {
    const [main = calm(camera), ...also] = symptomsOf(camera, system, sharing)
      .toSorted((one, other) => other.gain - one.gain || 0)
      .map(finding);
    return { cameraId: camera.cameraId, ...main, also };
  });
}

function finding({ limit, severity, headline, evidence, advice }: Symptom): CameraFinding {
  return { limit, severity, headline, evidence, advice };
}

/** In the order of a frame's way. */
function symptomsOf(camera: CameraFacts, system: SystemFacts, sharing: number): Symptom[] {
  if (camera.state === 'disabled') return [];
  const disk = diskSymptoms(system);
  if (camera.state !== 'live') return [...disk, ...absenceSymptoms(camera)];
  const detects = camera.detection.freshness !== 'off';
  return [
    // The first seconds say nothing of rates, and all that is known of what is not there.
    ...(isSettled(camera) || camera.restarts > 0 ? supplySymptoms(camera) : []),
    ...(detects ? redisSymptoms(camera, system) : []),
    ...(detects ? inferenceSymptoms(camera, system, sharing) : []),
    ...viewerSymptoms(camera),
    ...disk,
  ];
}

/** The answer where no part stands out: fine only if everything was looked at. */
function calm(camera: CameraFacts): CameraFinding {
  const doubt = camera.state === 'disabled' ? null : doubtOf(camera);
  const numbers = [
    evidence('frames captured', camera.captureRate, 'fps', camera.wanted.capture),
    evidence(
      'frames looked at',
      camera.tally === null ? null : camera.tally.detected / camera.tally.seconds,
      'per second',
      camera.wanted.detect,
    ),
  ];
  if (camera.state === 'disabled') {
    return { ...quiet, limit: 'off', severity: 'ok', headline: 'The camera is switched off.' };
  }
  if (doubt !== null) {
    return { limit: 'unknown', severity: 'notice', evidence: numbers, ...doubt };
  }
  const off = camera.detection.freshness === 'off';
  return {
    limit: 'none',
    severity: 'ok',
    headline: off
      ? `All is well: ${said(camera.captureRate)} frames a second; detection is switched off.`
      : `All is well: ${said(camera.captureRate)} frames a second, and the detector keeps up.`,
    evidence: numbers,
    advice: null,
  };
}

const quiet = { evidence: [], advice: null };

function doubtOf(camera: CameraFacts): { headline: string; advice: string | null } | null {
  const { detection, tally, captureRate } = camera;
  const wait = 'Look again in a few seconds.';
  if (camera.state !== 'live' || !isSettled(camera)) {
    return { headline: 'The camera has only just begun.', advice: wait };
  }
  if (!Number.isFinite(captureRate)) {
    return { headline: 'Nobody can say how many frames come.', advice: wait };
  }
  if (detection.freshness === 'off') return null;
  if (detection.freshness !== 'fresh') {
    const reason = detection.reason ?? 'There is no fresh result.';
    return { headline: `It cannot be said what the detector sees: ${reason}`, advice: wait };
  }
  if (tally === null || !(tally.seconds > 0)) {
    return { headline: 'The books of the detector have not been read long enough.', advice: wait };
  }
  return null;
}

function isSettled({ stateMs }: CameraFacts): boolean {
  return stateMs >= SETTLED;
}
