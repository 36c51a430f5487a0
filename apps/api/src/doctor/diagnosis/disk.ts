import type { Evidence } from '../doctor-report.ts';
import type { CameraFacts, SystemFacts } from './facts.ts';
import { evidence } from './numbers.ts';
import type { Symptom } from './symptom.ts';

/** Free bytes below which somebody should make room, and below which the database soon stops. */
export const LOW_BYTES = 1_000_000_000;
const SPENT_BYTES = 50_000_000;

type Disk = SystemFacts['disk'];

/** What is wrong with the disk that holds the data folder; `null`: nothing that shows. */
export function diskTrouble({ freeBytes, fault }: Disk, lowBytes = LOW_BYTES) {
  if (fault !== null) {
    return {
      severity: 'critical',
      headline: `The data folder cannot be used: ${fault}.`,
      advice: 'Make room on its disk, or give Lookout the right to write there.',
    } as const;
  }
  if (freeBytes === null || !(freeBytes < lowBytes)) return null;
  return {
    severity: freeBytes < Math.min(SPENT_BYTES, lowBytes) ? 'critical' : 'warning',
    headline: 'The disk that holds the data folder is almost full.',
    advice: 'Make room on it, or move LOOKOUT_DATA_DIR to a larger one.',
  } as const;
}

export function diskEvidence({ bytes, freeBytes }: Disk, lowBytes = LOW_BYTES): Evidence[] {
  const megabytes = (value: number | null) => (value === null ? null : value / 1_000_000);
  return [
    evidence('free on the disk', megabytes(freeBytes), 'MB', lowBytes / 1_000_000),
    evidence('size of the disk', megabytes(bytes), 'MB'),
  ];
}

/** A camera begins with a note in the database: without a disk it cannot start again. */
export function diskSymptoms(camera: CameraFacts, { disk }: SystemFacts, low?: number): Symptom[] {
  const trouble = diskTrouble(disk, low);
  if (trouble?.severity !== 'critical') return [];
  const live = camera.state === 'live';
  return [
    {
      limit: 'disk',
      severity: live ? 'warning' : 'critical',
      gain: live ? 0.05 : 1,
      headline: live
        ? `${trouble.headline} The camera goes on, and could not start again.`
        : trouble.headline,
      evidence: diskEvidence(disk, low),
      advice: trouble.advice,
    },
  ];
}
