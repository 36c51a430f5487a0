import type { Evidence } from '../doctor-report.ts';
import type { CameraFacts, SystemFacts } from './facts.ts';
import { evidence, said, shareOf } from './numbers.ts';
import type { Symptom } from './symptom.ts';

/** A round trip on one machine takes less than 1 ms, in a house a few. */
const SLOW = 50;
/** A processor this busy makes everything slow. */
const BUSY = 0.95;
/** A memory this full is about to refuse frames. */
const FULL = 0.95;
/** Fewer refused frames than this share are a hiccup. */
const REFUSED = 0.05;
const MEGABYTE = 1_000_000;

type Redis = SystemFacts['redis'];
export type Trouble = Pick<Symptom, 'severity' | 'headline' | 'advice'> & {
  readonly kind: 'away' | 'full' | 'evicting' | 'slow';
};

/** What is wrong with Redis itself; `null`: nothing that shows. */
export function redisTrouble({
  redis,
  processorBusy,
}: Pick<SystemFacts, 'redis' | 'processorBusy'>): Trouble | null {
  if (!redis.answers) {
    return {
      kind: 'away',
      severity: 'critical',
      headline: 'Redis does not answer, so no frame reaches a detector.',
      advice:
        'See whether redis-server runs and REDIS_URL is right; Lookout connects again by itself.',
    };
  }
  if (isFull(redis)) {
    return {
      kind: 'full',
      severity: 'critical',
      headline: 'The memory of Redis is full, so it refuses frames.',
      advice: 'Raise maxmemory of Redis, or keep other data out of it.',
    };
  }
  if (redis.evicted > 0) {
    return {
      kind: 'evicting',
      severity: 'warning',
      headline: 'Redis throws keys out for want of memory; frames and results may be among them.',
      advice: 'Set maxmemory-policy of Redis to noeviction, and raise maxmemory.',
    };
  }
  if (redis.roundTripMs === null || !(redis.roundTripMs >= SLOW)) return null;
  return {
    kind: 'slow',
    severity: 'warning',
    headline: `Redis takes ${said(redis.roundTripMs)} ms for an answer.`,
    advice:
      (processorBusy ?? 0) >= BUSY
        ? 'Take load off this machine: its processor has no time left.'
        : 'Run Redis on this machine, or mend the network between the two.',
  };
}

function isFull({ usedBytes, limitBytes }: Redis): boolean {
  return (
    usedBytes !== null && limitBytes !== null && limitBytes > 0 && usedBytes >= FULL * limitBytes
  );
}

export function redisEvidence({ roundTripMs, usedBytes, limitBytes, evicted }: Redis): Evidence[] {
  const megabytes = (bytes: number | null) => (bytes === null ? null : bytes / MEGABYTE);
  return [
    evidence('round trip to Redis', roundTripMs, 'ms', SLOW),
    evidence('memory of Redis', megabytes(usedBytes), 'MB', megabytes(limitBytes) ?? undefined),
    evidence('keys evicted', evicted, ''),
  ];
}

/** Frames that Redis keeps from the detector of a live camera. */
export function redisSymptoms(camera: CameraFacts, system: SystemFacts): Symptom[] {
  const { redis } = system;
  const trouble = redisTrouble(system);
  const accepted = (camera.tally?.offered ?? 0) / (camera.tally?.seconds ?? 1);
  const refused = shareOf(camera.refusedRate, camera.refusedRate + accepted);
  if (trouble === null && refused < REFUSED) return [];
  const words = trouble ?? {
    kind: 'slow',
    severity: 'warning',
    headline: 'Redis does not take every frame in time.',
    advice: 'See what else keeps Redis or this machine busy.',
  };
  const away = words.kind === 'away' ? 1 : 0;
  const delay = words.kind === 'slow' ? Math.min(0.5, (redis.roundTripMs ?? 0) / 1000) : 0.02;
  return [
    {
      limit: 'redis',
      severity: words.severity,
      gain: Math.max(away, refused, delay),
      headline: words.headline,
      evidence: [
        evidence('frames refused', camera.refusedRate, 'per second', 0),
        evidence('frames accepted', accepted, 'per second', camera.wanted.detect),
        ...redisEvidence(redis),
      ],
      advice: words.advice,
    },
  ];
}
