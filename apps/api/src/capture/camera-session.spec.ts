import { type Camera, type Frame, newCameraSchema } from '@lookout/contracts';
import { ManualClock } from '@lookout/timing';
import { beforeEach, describe, expect, it } from 'vitest';
import { CameraSession } from './camera-session.ts';
import { FrameFanOut } from './frame-fan-out.ts';
import { ScriptedSource } from './scripted-source.ts';

const noVideo = { reason: 'Invalid data found', needsPerson: true };
const crash = { reason: 'ffmpeg was killed', needsPerson: false };

function camera(change: Partial<Camera> = {}): Camera {
  const settings = newCameraSchema.parse({ name: 'Gate', source: { type: 'test' } });
  const at = new Date(0).toISOString();
  return { id: 'gate', ...settings, version: 1, createdAt: at, updatedAt: at, ...change };
}

let clock: ManualClock;
let source: ScriptedSource;
let epoch: number;
let news: string[];
let seen: Record<'captured' | 'live' | 'offered', Frame[]>;
let session: CameraSession;
let fanOut: FrameFanOut;

function begin(settings = camera()): void {
  clock = new ManualClock();
  source = new ScriptedSource();
  epoch = 41;
  news = [];
  seen = { captured: [], live: [], offered: [] };
  fanOut = new FrameFanOut();
  fanOut.listen({
    captureState: (_id, { state, reason }) =>
      news.push(reason === null ? state : `${state}: ${reason}`),
    captureRestarted: (_id, cause) => news.push(`restart (${cause})`),
    broken: (id) => news.push(`broken frame of ${id}`),
    captured: (frame) => seen.captured.push(frame),
    live: (frame) => seen.live.push(frame),
    offered: (frame) => seen.offered.push(frame),
  });
  const epochs = { next: () => Promise.resolve((epoch += 1)) };
  session = new CameraSession(settings, {
    ...{ source, epochs, fanOut, clock, host: 'here', random: () => 0 },
  });
  session.start(0);
}

/** Lets the source play at `fps`. */
async function play(seconds: number, fps = 30): Promise<void> {
  for (let frame = 0; frame < Math.round(seconds * fps); frame += 1) {
    await clock.advanceAsync(1000 / fps);
    source.newest.frame();
  }
}

describe('CameraSession', () => {
  beforeEach(async () => {
    begin();
    await clock.advanceAsync(0);
  });

  it('is live when there is a frame of this capture, not before', async () => {
    const captured = () => seen.captured.length;
    let before = -1;
    fanOut.listen({
      captureState: (_id, { state }) => {
        if (state === 'live') before = captured();
      },
    });
    await play(0.1);
    expect(before).toBe(1);
  });

  it('tells of frames that are none, and is not live by them', async () => {
    source.newest.receiver.broken();
    expect(news).toEqual(['starting', 'broken frame of gate']);
    const { receiver } = source.newest;
    await session.stop();
    receiver.broken();
    expect(news).toHaveLength(2);
  });

  it('is live from the first frame, and names each frame', async () => {
    expect(news).toEqual(['starting']);
    await play(1);
    expect(news).toEqual(['starting', 'live']);
    expect(seen.captured.map((frame) => frame.sequence)).toEqual([...Array(30).keys()]);
    expect(seen.captured[29]).toMatchObject({
      ...{ cameraId: 'gate', epoch: 42, width: 640, height: 360, host: 'here' },
      ...{ capturedAt: clock.now(), capturedMonotonic: clock.monotonic() },
    });
  });

  it('keeps 30, 15 and 5 frames a second over a minute', async () => {
    await play(60);
    expect(seen.captured).toHaveLength(1800);
    expect(Math.abs(seen.live.length - 900)).toBeLessThanOrEqual(1);
    expect(Math.abs(seen.offered.length - 300)).toBeLessThanOrEqual(1);
  });

  it('loses nothing of a source at just its rate when frames come in bursts', async () => {
    for (let burst = 0; burst < 100; burst += 1) {
      await clock.advanceAsync(200);
      for (let frame = 0; frame < 6; frame += 1) source.newest.frame();
    }
    expect(seen.captured.length).toBeGreaterThanOrEqual(594);
  });

  it('holds a faster source to captureFps', async () => {
    await play(10, 120);
    expect(Math.abs(seen.captured.length - 300)).toBeLessThanOrEqual(1);
  });

  it('offers nothing while detection is off, and at once when it is turned on', async () => {
    const detection = { ...camera().detection, enabled: false };
    session.change(camera({ detection }));
    await play(2);
    expect(seen.offered).toHaveLength(0);
    session.change(camera());
    await play(2);
    expect(seen.offered.length).toBeGreaterThanOrEqual(9);
    expect(source.streams).toHaveLength(1);
  });

  it('says that it stalled, and that it lives again', async () => {
    await play(1);
    await clock.advanceAsync(2500);
    expect(news.at(-1)).toBe('stalled: No picture for 2 s');
    source.newest.frame();
    expect(news.at(-1)).toBe('live');
    expect(source.streams).toHaveLength(1);
  });

  it('waits ten periods of a slow camera before it says so', async () => {
    begin(camera({ captureFps: 0.5, liveFps: 0.5, detectFps: 0.5 }));
    await clock.advanceAsync(0);
    source.newest.frame();
    await clock.advanceAsync(19_000);
    expect(news.at(-1)).toBe('live');
    await clock.advanceAsync(1500);
    expect(news.at(-1)).toMatch(/^stalled/);
  });

  it('begins anew when nothing came for too long', async () => {
    await play(1);
    await clock.advanceAsync(12_500);
    expect(source.streams[0]?.closed).toBe(true);
    expect(news.slice(-2)).toEqual([
      'stalled: No picture for 2 s',
      'reconnecting: No picture came for too long; next try in 1 s',
    ]);
    await clock.advanceAsync(1000);
    await play(1);
    expect(news.slice(-2)).toEqual(['restart (stalled)', 'live']);
    expect(seen.captured.at(-1)).toMatchObject({ epoch: 43, sequence: 29 });
  });

  it('tries again later and later, and soon again after half a minute of health', async () => {
    const waits: number[] = [];
    for (let attempt = 0; attempt < 7; attempt += 1) {
      const opened = source.streams.length;
      const endedAt = clock.monotonic();
      source.newest.end(crash);
      while (source.streams.length === opened) await clock.advanceAsync(100);
      waits.push(Math.round((clock.monotonic() - endedAt) / 1000));
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 30, 30]);
    await play(31);
    source.newest.end(crash);
    const opened = source.streams.length;
    await clock.advanceAsync(1100);
    expect(source.streams).toHaveLength(opened + 1);
  });

  it('fails when there is nothing to open, and looks every 5 s, at no cost', async () => {
    source.newest.end(crash);
    source.refused = 'There is no file "x.mp4"';
    await clock.advanceAsync(60_000);
    expect(news.slice(1)).toEqual([
      'reconnecting: ffmpeg was killed; next try in 1 s',
      `failed: ${source.refused}`,
    ]);
    expect({ epoch, opened: source.streams.length }).toEqual({ epoch: 42, opened: 1 });
    source.refused = undefined;
    await clock.advanceAsync(5100);
    await play(1);
    expect(news.slice(-2)).toEqual(['restart (failed)', 'live']);
    expect(seen.captured.at(-1)?.epoch).toBe(43);
  });

  it('tries what is no video again after 5 s, then more and more seldom', async () => {
    const waits: number[] = [];
    for (let attempt = 0; attempt < 6; attempt += 1) {
      const opened = source.streams.length;
      const endedAt = clock.monotonic();
      source.newest.end(noVideo);
      while (source.streams.length === opened) await clock.advanceAsync(100);
      waits.push(Math.round((clock.monotonic() - endedAt) / 1000));
    }
    expect(waits).toEqual([5, 5, 5, 8, 16, 30]);
    expect(news.filter((line) => !line.startsWith('restart'))).toEqual([
      'starting',
      'failed: Invalid data found',
    ]);
  });

  it('leaves a camera that refused the password in peace for a while', async () => {
    source.newest.end({ reason: 'Wrong password', needsPerson: true, retryAfterMs: 60_000 });
    await clock.advanceAsync(59_000);
    expect(source.streams).toHaveLength(1);
    await clock.advanceAsync(1500);
    expect(source.streams).toHaveLength(2);
    session.change(camera({ captureFps: 10, liveFps: 10, detectFps: 5 }));
    await clock.advanceAsync(0);
    expect(source.streams).toHaveLength(3);
  });

  it('gives up a start that brings no picture', async () => {
    await clock.advanceAsync(12_500);
    expect(news).toEqual([
      'starting',
      'reconnecting: No picture came for too long; next try in 1 s',
    ]);
  });

  it('restarts for what concerns the decoder, and for nothing else', async () => {
    await play(1);
    session.change(camera({ name: 'New', liveFps: 10, detectFps: 1 }));
    await play(1);
    expect(source.streams).toHaveLength(1);
    session.change(camera({ frame: { width: 320, quality: 80 } }));
    await clock.advanceAsync(0);
    expect(source.streams).toHaveLength(2);
    expect(source.newest.settings.frame.width).toBe(320);
    expect(news.slice(-2)).toEqual(['starting', 'restart (changed)']);
    await play(1);
    expect(seen.captured.at(-1)?.epoch).toBe(43);
  });

  it('can be turned off and on', async () => {
    await play(1);
    session.change(camera({ enabled: false }));
    expect(source.newest.closed).toBe(true);
    expect(news.at(-1)).toBe('disabled');
    await clock.advanceAsync(60_000);
    expect(source.streams).toHaveLength(1);
    session.change(camera());
    await play(1);
    expect(news.slice(-2)).toEqual(['starting', 'live']);
  });

  it('never runs two decoders: the next waits until the last is gone', async () => {
    await play(1);
    const old = source.newest;
    old.clings = true;
    session.change(camera({ captureFps: 10, liveFps: 10, detectFps: 5 }));
    await clock.advanceAsync(1000);
    expect(source.streams).toHaveLength(1);
    old.letGo();
    await clock.advanceAsync(0);
    expect(source.streams).toHaveLength(2);
  });

  it('stops for good, and only when the decoder is gone', async () => {
    await play(1);
    source.newest.clings = true;
    let stopped = false;
    const stopping = session.stop().then(() => (stopped = true));
    const before = seen.captured.length;
    source.newest.receiver.frame({ jpeg: new Uint8Array(4), width: 640, height: 360 });
    await clock.advanceAsync(60_000);
    expect({ stopped, frames: seen.captured.length }).toEqual({ stopped: false, frames: before });
    source.newest.letGo();
    await stopping;
    expect(source.streams).toHaveLength(1);
  });

  it('does not start when the epoch cannot be kept, and tries again', async () => {
    const fanOut = new FrameFanOut();
    const reasons: (string | null)[] = [];
    fanOut.listen({ captureState: (_id, { reason }) => reasons.push(reason) });
    let failures = 1;
    const epochs = {
      next: () => (failures-- > 0 ? Promise.reject(new Error('disk full')) : Promise.resolve(7)),
    };
    const around = { source, epochs, fanOut, clock, host: 'here', random: () => 0 };
    new CameraSession(camera(), around).start(0);
    await clock.advanceAsync(0);
    expect(reasons.at(-1)).toBe('It could not begin: disk full; next try in 1 s');
    await clock.advanceAsync(1100);
    source.newest.frame();
    expect(reasons.at(-1)).toBeNull();
  });
});
