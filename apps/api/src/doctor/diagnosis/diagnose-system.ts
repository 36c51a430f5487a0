import type { SystemFinding } from '../doctor-report.ts';
import { diskEvidence, diskTrouble } from './disk.ts';
import type { CameraFacts, SystemFacts } from './facts.ts';
import { busiest, NO_WORKER, SATURATED } from './inference.ts';
import { evidence, percent, shareOf } from './numbers.ts';
import { redisEvidence, redisTrouble } from './redis.ts';

/** A main thread this busy holds every camera and viewer up. */
const API_BUSY = 0.9;
/** Memory below this share is soon taken from somebody. */
const MEMORY_LOW = 0.05;

/** What is in a bad way for all cameras, in the order of a frame's way. */
export function diagnoseSystem(
  cameras: readonly CameraFacts[],
  system: SystemFacts,
): SystemFinding[] {
  return [
    ...disk(system),
    ...api(system),
    ...memory(system),
    ...redis(system),
    ...inference(cameras, system),
  ];
}

function disk(system: SystemFacts): SystemFinding[] {
  const trouble = diskTrouble(system.disk);
  if (trouble === null) return [];
  return [{ part: 'disk', ...trouble, evidence: diskEvidence(system.disk) }];
}

function api({ apiBusy, processorBusy }: SystemFacts): SystemFinding[] {
  if (apiBusy === null || !(apiBusy >= API_BUSY)) return [];
  return [
    {
      part: 'api',
      severity: 'warning',
      headline: 'The api itself has no time left, so all pictures and answers come late.',
      evidence: [
        evidence('api busy', percent(apiBusy), '%', 100 * API_BUSY),
        evidence('processor busy', percent(processorBusy), '%'),
      ],
      advice:
        'Lower captureFps, liveFps or the width of the busiest cameras, or show fewer at a time.',
    },
  ];
}

function memory({ memoryBytes, memoryAvailableBytes }: SystemFacts): SystemFinding[] {
  const left = memoryAvailableBytes / memoryBytes;
  if (!(left < MEMORY_LOW)) return [];
  return [
    {
      part: 'memory',
      severity: 'warning',
      headline: 'The memory of this machine is almost used up.',
      evidence: [
        evidence('memory available', percent(shareOf(left, 1)), '%', 100 * MEMORY_LOW),
        evidence('memory', memoryBytes / 1_000_000, 'MB'),
      ],
      advice: 'End what else runs here, run fewer workers, or add memory.',
    },
  ];
}

function redis(system: SystemFacts): SystemFinding[] {
  const trouble = redisTrouble(system);
  if (trouble === null) return [];
  const { severity, headline, advice } = trouble;
  return [{ part: 'redis', severity, headline, advice, evidence: redisEvidence(system.redis) }];
}

function inference(cameras: readonly CameraFacts[], { workers }: SystemFacts): SystemFinding[] {
  const wanted = cameras.filter(
    ({ detection, state }) => detection.freshness !== 'off' && state !== 'disabled',
  );
  if (workers === null || wanted.length === 0) return [];
  const busy = busiest(workers);
  const numbers = [
    evidence('workers', workers.length, ''),
    evidence('busiest worker', percent(busy), '%', 100 * SATURATED),
    evidence('cameras that share the workers', wanted.length, ''),
  ];
  if (workers.length === 0) return [{ part: 'inference', ...NO_WORKER, evidence: numbers }];
  if (busy === null || busy < SATURATED) return [];
  return [
    {
      part: 'inference',
      severity: 'notice',
      headline:
        'A worker computes all the time: a camera more, or a higher rate, costs the others theirs.',
      evidence: numbers,
      advice: 'Lower detectFps, choose a smaller model, or run a worker on another machine.',
    },
  ];
}
