import type { Evidence } from '../doctor-report.ts';
import type { CameraFacts, DecoderLoad } from './facts.ts';
import { evidence, percent, said, shareOf } from './numbers.ts';
import type { Symptom } from './symptom.ts';

/** From this share of what is wanted on, a rate is good enough. */
const ENOUGH = 0.9;
/** A decoder that has this little time to spare holds frames up. */
const SATURATED = 0.85;
/** Pictures that come in bursts with this share of the time between them. */
const STALLED = 0.2;
/** A gap that people see, in ms. */
const LONG_GAP = 500;

/** What keeps pictures of a live camera from coming as they are wanted: source, network or decoder. */
export function supplySymptoms(camera: CameraFacts): Symptom[] {
  const { captureRate, wanted, decoder, arrivals } = camera;
  const short = captureRate < ENOUGH * wanted.capture;
  const stalls =
    (arrivals?.stalledShare ?? 0) >= STALLED && (arrivals?.longestGapMs ?? 0) >= LONG_GAP;
  const unsteady = camera.remote && (stalls || camera.restarts > 0);
  if (!short && !unsteady) return [];
  const found = { gain: gainOf(camera), evidence: evidenceOf(camera) };
  if (decoder !== null && busy(decoder) >= SATURATED)
    return [{ ...found, ...decode(camera, decoder) }];
  if (unsteady) return [{ ...found, ...network(camera) }];
  return [{ ...found, ...source(camera) }];
}

function busy({ computing, waiting }: DecoderLoad): number {
  return computing + waiting;
}

/** What viewers and detector miss counts whole; frames that nobody would use, little. */
function gainOf({ wanted, captureRate, arrivals, remote }: CameraFacts): number {
  const used = Math.max(wanted.live, wanted.detect);
  const missing = 1 - shareOf(captureRate, used);
  const unused = 0.1 * (1 - shareOf(captureRate, wanted.capture));
  return Math.max(missing, unused, remote ? (arrivals?.stalledShare ?? 0) : 0);
}

function evidenceOf(camera: CameraFacts): Evidence[] {
  const { captureRate, wanted, arrivals, restarts, decoder, remote } = camera;
  return [
    evidence('frames captured', captureRate, 'fps', wanted.capture),
    evidence('frames from the decoder', arrivals?.rate ?? null, 'fps'),
    evidence('longest gap between frames', arrivals?.longestGapMs ?? null, 'ms', LONG_GAP),
    ...(remote
      ? [
          evidence('time stalled', percent(arrivals?.stalledShare ?? null), '%', 100 * STALLED),
          evidence('reconnects in the last minute', restarts, ''),
        ]
      : []),
    evidence('decoder busy', percent(decoder?.computing ?? null), '%', 100 * SATURATED),
    evidence('decoder waiting for a core', percent(decoder?.waiting ?? null), '%'),
  ];
}

type Words = Pick<Symptom, 'limit' | 'severity' | 'headline' | 'advice'>;

function decode({ captureRate, wanted }: CameraFacts, load: DecoderLoad): Words {
  const waits = load.waiting > load.computing;
  return {
    limit: 'decode',
    severity: captureRate < 0.5 * wanted.capture ? 'critical' : 'warning',
    headline: waits
      ? `The decoder waits for a free core: ${said(captureRate)} of ${said(wanted.capture)} frames a second get through.`
      : `Decoding takes all the time there is: ${said(captureRate)} of ${said(wanted.capture)} frames a second get through.`,
    advice: waits
      ? 'Take load off this machine: fewer cameras, a lower detectFps, or more cores.'
      : 'Use a smaller stream of the camera (most have a sub-stream), or lower its resolution or frame rate at the camera.',
  };
}

function network({ captureRate, wanted, restarts, arrivals }: CameraFacts): Words {
  const gap = said((arrivals?.longestGapMs ?? 0) / 1000);
  return {
    limit: 'network',
    severity: 'warning',
    headline:
      restarts > 0
        ? `The connection to the camera broke and was made anew (${String(restarts)} in the last minute); ${said(captureRate)} of ${said(wanted.capture)} frames a second come.`
        : `Pictures come in bursts, with up to ${gap} s of nothing between them.`,
    advice:
      'Look at the way to the camera: cable instead of radio, a switch under load, or a lower bit rate at the camera.',
  };
}

function source({ captureRate, wanted }: CameraFacts): Words {
  const used = Math.max(wanted.live, wanted.detect);
  const enough = captureRate >= ENOUGH * used;
  const rate = said(captureRate);
  return {
    limit: 'source',
    severity: enough ? 'notice' : 'warning',
    headline: enough
      ? `The camera gives ${rate} frames a second, fewer than the ${said(wanted.capture)} allowed; live view and detection have all they need.`
      : `The camera gives ${rate} frames a second, and ${said(used)} are wanted of it.`,
    advice: `Raise the frame rate at the camera itself, or set captureFps to ${String(Math.max(1, Math.round(captureRate)))} if this is all it can give.`,
  };
}
