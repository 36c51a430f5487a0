import type { CameraStatus, DetectionResult, EventNotice, Frame } from '@lookout/contracts';
import { ManualClock } from '@lookout/timing';
import { describe, expect, it } from 'vitest';
import { sampleFrame, sampleResult } from '../status/samples.ts';
import { Viewer } from './viewer.ts';

function bench() {
  const clock = new ManualClock();
  const got: string[] = [];
  const acks: (() => void)[] = [];
  const line = { isFree: true };
  let missed = 0;
  const viewer = new Viewer(
    {
      get isFree() {
        return line.isFree;
      },
      frame(frame: Frame, acknowledged) {
        got.push(`frame ${String(frame.sequence)}`);
        acks.push(() => {
          acknowledged(undefined);
        });
      },
      detections: (result: DetectionResult) => got.push(`detections ${String(result.sequence)}`),
      status: (status: CameraStatus) => got.push(`status ${status.cameraId}`),
      event: (notice: EventNotice) => got.push(`event ${notice.id}`),
    },
    { sent: () => () => undefined, missed: () => (missed += 1) },
    clock,
  );
  const frame = (sequence: number) => sampleFrame(clock, sequence);
  return {
    clock,
    viewer,
    got,
    line,
    frame,
    missed: () => missed,
    ack: () => acks.shift()?.(),
    live: (sequence: number) => {
      viewer.live(frame(sequence));
    },
    detected: (sequence: number, kept = true) => {
      viewer.detected(sampleResult(frame(sequence)), kept ? frame(sequence) : null);
    },
  };
}

describe('Viewer', () => {
  it('gets nothing of a camera that it does not watch', () => {
    const { viewer, got, live, detected } = bench();
    live(1);
    detected(1);
    viewer.status({ cameraId: 'gate' } as CameraStatus);
    viewer.watch({ cameraId: 'gate', mode: 'live' });
    viewer.unwatch('gate');
    live(2);
    expect(got).toEqual([]);
  });

  it('gets live frames as it acknowledges them, and each detection', () => {
    const { viewer, got, live, detected, ack, missed } = bench();
    viewer.watch({ cameraId: 'gate', mode: 'live' });
    for (const sequence of [1, 2, 3, 4]) live(sequence);
    detected(2);
    ack();
    expect(got).toEqual(['frame 1', 'detections 2', 'frame 4']);
    expect(missed()).toBe(2);
  });

  it('gets in exact mode each inferred frame right before its detections, the newest of those that waited', () => {
    const { viewer, got, live, detected, ack, missed } = bench();
    viewer.watch({ cameraId: 'gate', mode: 'exact' });
    live(1);
    detected(1);
    detected(2);
    detected(3);
    detected(4, false);
    expect(got).toEqual(['frame 1', 'detections 1']);
    ack();
    expect(got.slice(2)).toEqual(['frame 3', 'detections 3']);
    expect(missed()).toBe(2);
  });

  it('cannot get a second unacknowledged frame by watching again', () => {
    const { viewer, got, live, detected, ack } = bench();
    for (let round = 0; round < 50; round += 1) {
      viewer.watch({ cameraId: 'gate', mode: round % 2 === 0 ? 'live' : 'exact' });
      live(round);
      detected(round);
      viewer.unwatch('gate');
    }
    expect(got.filter((what) => what.startsWith('frame'))).toEqual(['frame 0']);
    viewer.watch({ cameraId: 'gate', mode: 'live' });
    ack();
    live(60);
    expect(got.at(-1)).toBe('frame 60');
  });

  it('is not sent the same frame twice', () => {
    const { viewer, got, live, ack } = bench();
    viewer.watch({ cameraId: 'gate', mode: 'live' });
    live(7);
    ack();
    viewer.watch({ cameraId: 'gate', mode: 'live' });
    live(7);
    live(8);
    expect(got).toEqual(['frame 7', 'frame 8']);
  });

  it('gets no more frames per second than it asked for', () => {
    const { clock, viewer, got, live, ack, missed } = bench();
    viewer.watch({ cameraId: 'gate', mode: 'live', maxFps: 2 });
    for (let sequence = 0; sequence < 150; sequence += 1) {
      live(sequence);
      ack();
      clock.advance(1000 / 15);
    }
    expect(got.length).toBeGreaterThanOrEqual(20);
    expect(got.length).toBeLessThanOrEqual(21);
    expect(missed()).toBe(0);
  });

  it('is told of the ends of events of a camera that is deleted, and of no camera after it', () => {
    const { viewer, got } = bench();
    const event = (cameraId: string, state: EventNotice['state']) => {
      viewer.event({ id: state, cameraId, state } as EventNotice);
    };
    viewer.watch({ cameraId: 'gate', mode: 'live' });
    for (const id of ['gate', 'door']) viewer.cameraRemoved(id);
    event('gate', 'ended');
    event('gate', 'active');
    event('door', 'ended');
    expect(got).toEqual(['event ended']);
    viewer.cameraAdded('gate');
    event('gate', 'ended');
    expect(got).toHaveLength(1);
  });

  it('loses detections and status while it does not read, and never queues them', () => {
    const { viewer, got, line, detected } = bench();
    viewer.watch({ cameraId: 'gate', mode: 'live' });
    line.isFree = false;
    detected(1);
    viewer.status({ cameraId: 'gate' } as CameraStatus);
    expect(got).toEqual([]);
    line.isFree = true;
    detected(2);
    expect(got).toEqual(['detections 2']);
  });
});
