import type { Frame } from '@lookout/contracts';
import { ManualClock } from '@lookout/timing';
import { beforeEach, describe, expect, it } from 'vitest';
import { FrameFanOut } from '../capture/frame-fan-out.ts';
import { CameraWatch } from '../status/camera-watch.ts';
import { Metrics } from '../status/metrics.ts';
import { sampleCamera, sampleFrame } from '../status/samples.ts';
import { FrameLedger } from './frame-ledger.ts';

describe('FrameLedger', () => {
  let clock: ManualClock;
  let watch: CameraWatch;
  let ledger: FrameLedger;
  beforeEach(() => {
    clock = new ManualClock();
    const fanOut = new FrameFanOut();
    const metrics = new Metrics(clock);
    watch = new CameraWatch(fanOut, metrics, clock);
    ledger = new FrameLedger(watch, metrics, clock, 'here');
    fanOut.cameraAdded(sampleCamera());
  });

  /** A frame is sent 10 ms after its capture, and acknowledged later. */
  function exchange(roundTripMs: number, ack: unknown): void {
    const frame: Frame = sampleFrame(clock, 1);
    clock.advance(10);
    const acknowledged = ledger.sent(frame);
    clock.advance(roundTripMs);
    acknowledged(ack);
  }

  const drawn = () => watch.get('gate')?.measures.ages().drawn;

  it('takes half of the way there and back, and the drawing as the viewer tells it', () => {
    exchange(50, { drawnAfterMs: 30 });
    expect(drawn()?.p50).toBeCloseTo(10 + 10 + 30, 0);
  });

  it.each([
    ['nothing', undefined],
    ['no time', {}],
    ['a time from the future', { drawnAfterMs: -1 }],
    ['more time than passed', { drawnAfterMs: 51 }],
    ['endless time', { drawnAfterMs: Infinity }],
    ['no number', { drawnAfterMs: NaN }],
    ['text', { drawnAfterMs: '30' }],
    ['what nobody asked', { drawnAfterMs: 30, p99: 1 }],
  ])('leaves out a viewer who says %s', (...[, ack]) => {
    exchange(50, ack);
    expect(drawn()).toBeUndefined();
  });

  it('leaves out a viewer who was away, however well it claims to know', () => {
    exchange(10_001, { drawnAfterMs: 10_001 });
    expect(drawn()).toBeUndefined();
    exchange(10_000, { drawnAfterMs: 10_000 });
    expect(drawn()?.p99).toBeGreaterThan(9_500);
  });

  it('cannot be moved by any claim beyond what was measured here', () => {
    for (let claim = 0; claim <= 50; claim += 1) exchange(50, { drawnAfterMs: claim });
    // Half of the round trip at least, all of it at most, with the sketch's 2 %.
    expect(drawn()?.p50).toBeGreaterThan(0.98 * (10 + 25));
    expect(drawn()?.p99).toBeLessThan(1.02 * (10 + 50));
  });
});
