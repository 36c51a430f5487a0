import type { Fault } from '../scene/fault.ts';
import { apiFaults } from './api.ts';
import { decoderFaults } from './decoder.ts';
import { machineFaults } from './machine.ts';
import { redisFaults } from './redis.ts';
import { sourceFaults } from './sources.ts';
import { viewerFaults } from './viewers.ts';
import { workerFaults } from './worker.ts';

const ALL = [
  ...decoderFaults,
  ...sourceFaults,
  ...workerFaults,
  ...redisFaults,
  ...apiFaults,
  ...viewerFaults,
  ...machineFaults,
];

/**
 * Everything that can go wrong, house by house. Faults that end the same process stand apart: one
 * that has just been started again is not started as soon the next time.
 */
const ORDER = [
  ...['worker-kill', 'ffmpeg-kill', 'ffmpeg-stop', 'ffmpeg-hang', 'redis-stop', 'model-truncated'],
  ...['model-truncated-at-start', 'api-kill', 'viewer-silent', 'viewer-flood', 'viewer-forged'],
  ...['redis-kill', 'worker-stop', 'rtsp-gone', 'stream-cut', 'jpeg-corrupt', 'worker-hang'],
  ...['api-stop', 'redis-hang', 'api-hang'],
];

/** Every fault that can be played, in an order that saves waiting. */
export const faults: readonly Fault[] = ALL.toSorted((a, b) => rank(a) - rank(b));

function rank({ name }: Fault): number {
  const place = ORDER.indexOf(name);
  return place === -1 ? ORDER.length : place;
}
