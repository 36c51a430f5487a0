import { hasRoom } from '../../events/disk-room.ts';
import type { Evidence } from '../doctor-report.ts';
import type { SystemFacts } from './facts.ts';
import { evidence } from './numbers.ts';
import type { Symptom } from './symptom.ts';

/** Room below which somebody should make more, or a tenth of the disk where that is less. */
const LOW_BYTES = 1_000_000_000;
const LOW_SHARE = 0.1;

type Disk = SystemFacts['disk'];

/** What is wrong with the disk that holds the data folder; `null`: nothing that shows. */
export function diskTrouble(disk: Disk) {
  if (disk.fault !== null) {
    return {
      severity: 'critical',
      headline: `The data folder cannot be used: ${disk.fault}.`,
      advice: 'Make room on its disk, or give Lookout the right to write there.',
    } as const;
  }
  if (disk.freeBytes === null || !(disk.freeBytes < lowBytes(disk))) return null;
  return {
    severity: hasRoom({ bytes: disk.bytes ?? Infinity, freeBytes: disk.freeBytes })
      ? 'warning'
      : 'critical',
    headline: 'The disk that holds the data folder is almost full.',
    advice: 'Make room on it, or move LOOKOUT_DATA_DIR to a larger one.',
  } as const;
}

export function diskEvidence(disk: Disk): Evidence[] {
  const megabytes = (value: number | null) => (value === null ? null : value / 1_000_000);
  return [
    evidence('free on the disk', megabytes(disk.freeBytes), 'MB', lowBytes(disk) / 1_000_000),
    evidence('size of the disk', megabytes(disk.bytes), 'MB'),
  ];
}

/** No picture waits for a disk: only what is kept of a camera does. */
export function diskSymptoms({ disk }: SystemFacts): Symptom[] {
  const trouble = diskTrouble(disk);
  if (trouble?.severity !== 'critical') return [];
  return [
    {
      limit: 'disk',
      severity: 'warning',
      gain: 0.05,
      headline: `${trouble.headline} The camera goes on; its events wait, or are kept without pictures.`,
      evidence: diskEvidence(disk),
      advice: trouble.advice,
    },
  ];
}

function lowBytes({ bytes }: Disk): number {
  return Math.min(LOW_BYTES, bytes === null ? LOW_BYTES : bytes * LOW_SHARE);
}
