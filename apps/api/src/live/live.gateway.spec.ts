import { request } from 'node:http';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import type {
  CameraStatus,
  DetectionResult,
  FrameMeta,
  WatchReply,
  WorkerPresence,
} from '@lookout/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sampleCamera, sampleFrame, sampleResult } from '../status/samples.ts';
import { type LiveClient, openLiveStand } from './live-stand.ts';

const WORKER: WorkerPresence = {
  ...{ id: 'w1', pid: 1, host: 'here', startedAt: '2026-01-01T00:00:00.000Z' },
  ...{ models: ['yolov5s'], threads: 1, threadsChosen: 'tuned', inferenceRepeat: 1 },
  ...{ rate: 0, inferenceMs: null },
};

let stand: Awaited<ReturnType<typeof openLiveStand>>;

beforeEach(async () => {
  stand = await openLiveStand();
});

afterEach(async () => {
  await stand.close();
});

/** Everything sent to this client before now has arrived, and all it sent has been handled. */
async function settled(client: LiveClient): Promise<void> {
  await client.emitWithAck('unwatch', { cameraId: 'no-such' });
}

async function joined(mode: 'live' | 'exact' = 'live', maxFps?: number): Promise<LiveClient> {
  const client = stand.connect();
  const wish = { cameraId: 'gate', mode, ...(maxFps === undefined ? {} : { maxFps }) };
  expect(await client.emitWithAck('watch', wish)).toEqual({ ok: true });
  return client;
}

function refusal(client: LiveClient): Promise<string> {
  return new Promise((resolve, reject) => {
    client.once('connect_error', (error) => {
      resolve(error.message);
    });
    client.once('connect', () => {
      reject(new Error('was let in'));
    });
  });
}

function dropped(): Promise<number> {
  return stand.metrics.viewerDropped
    .get()
    .then(({ values }) => values.reduce((sum, { value }) => sum + value, 0));
}

describe('the way in', () => {
  it('needs a token', async () => {
    for (const auth of [{}, { token: 'wrong' }, { token: 7 }, { token: '' }]) {
      expect(await refusal(stand.connect({ auth }))).toBe('A valid token is needed');
    }
  });

  it('takes a session cookie, and ends with the session', async () => {
    const { AccessService } = await import('../access/access.service.ts');
    const access = stand.app.get(AccessService);
    const session = await access.beginSession('a-token-for-tests-of-the-live-view');
    const cookie = `lookout_session=${session?.secret ?? ''}`;
    const client = stand.connect({ auth: {}, extraHeaders: { cookie } });
    await once(client as never, 'connect');
    await access.endSession(cookie);
    await once(client as never, 'disconnect');
  });

  it('ends when the session has run out', async () => {
    const { hashOf } = await import('../access/secret.ts');
    // The weeks that one lasts are seconds of computing here, in which the client would be lost.
    await stand.credentials.addSession({
      ...{ hash: hashOf('nearly-over'), tokenHash: hashOf('a-token-for-tests-of-the-live-view') },
      expiresAt: stand.clock.now() + 60_000,
    });
    const cookie = 'lookout_session=nearly-over';
    const client = stand.connect({ auth: {}, extraHeaders: { cookie } });
    await once(client as never, 'connect');
    const gone = once(client as never, 'disconnect');
    stand.clock.advance(70_000);
    await gone;
  });

  it('shows a limited viewer its own cameras, and tells of no other', async () => {
    const { hashOf } = await import('../access/secret.ts');
    await stand.credentials.saveToken({
      ...{ id: 'hall', name: 'Hall', role: 'viewer', cameraIds: ['gate'] },
      ...{ hash: hashOf('hall-token'), createdAt: 0, lastUsedAt: null },
    });
    stand.addCamera();
    stand.addCamera(sampleCamera({ id: 'yard' }));
    const client = stand.connect({ auth: { token: 'hall-token' } });
    const ask = (cameraId: string) => client.emitWithAck('watch', { cameraId });
    expect(await ask('gate')).toEqual({ ok: true });
    expect(await ask('yard')).toEqual({ ok: false, error: 'there is no camera "yard"' });
    expect(await ask('none')).toEqual({ ok: false, error: 'there is no camera "none"' });
  });

  it('is closed to pages of other sites', async () => {
    const origins = {
      own: stand.url,
      other: 'https://evil.example',
      opaque: 'null',
    };
    const answers = Object.entries(origins).map(async ([whose, origin]) => {
      const asked = request(`${stand.url}/socket.io/?EIO=4&transport=polling`, {
        headers: { origin },
      });
      asked.end();
      const [{ statusCode }] = (await once(asked, 'response')) as [{ statusCode: number }];
      return [whose, statusCode];
    });
    expect(await Promise.all(answers)).toEqual([
      ['own', 200],
      ['other', 403],
      ['opaque', 403],
    ]);
  });

  it('leads nowhere but to the live view', async () => {
    const { io } = await import('socket.io-client');
    const client = io(stand.url, { forceNew: true, reconnection: false });
    expect(await refusal(client)).toBe('Connect to the namespace /live');
    client.disconnect();
  });
});

describe('watching', () => {
  it('refuses cameras that are not there and wishes that make no sense', async () => {
    const client = stand.connect();
    const ask = (wish: unknown) => client.emitWithAck('watch', wish);
    expect(await ask({ cameraId: 'gate' })).toEqual({
      ok: false,
      error: 'there is no camera "gate"',
    });
    stand.addCamera();
    for (const wish of [
      undefined,
      null,
      'gate',
      { cameraId: 'GATE!' },
      { cameraId: 'gate', maxFps: 0 },
      { cameraId: 'gate', mode: 'fast' },
      { cameraId: 'gate', more: 1 },
    ]) {
      expect(await ask(wish)).toMatchObject({ ok: false });
    }
    expect(await ask({ cameraId: 'gate', maxFps: 5 })).toEqual({ ok: true });
  });

  it('shows frames as binary with their meta, at most one unacknowledged', async () => {
    stand.addCamera();
    const client = await joined();
    const got: { meta: FrameMeta; jpeg: Buffer; ack: () => void }[] = [];
    client.on('frame', (meta, jpeg, ack) => got.push({ meta, jpeg: jpeg as Buffer, ack }));
    for (const sequence of [1, 2, 3]) stand.fanOut.live(sampleFrame(stand.clock, sequence));
    await settled(client);
    expect(got).toHaveLength(1);
    const { cameraId, epoch, sequence, capturedAt, width, height, jpeg } = sampleFrame(
      stand.clock,
      1,
    );
    expect(got[0]?.meta).toEqual({ cameraId, epoch, sequence, capturedAt, width, height });
    expect(Buffer.compare(got[0]?.jpeg ?? Buffer.of(), jpeg)).toBe(0);
    got[0]?.ack();
    await settled(client);
    await settled(client);
    expect(got.map(({ meta }) => meta.sequence)).toEqual([1, 3]);
    expect(await dropped()).toBe(1);
  });

  it('sends the newest picture at once to who begins to watch', async () => {
    stand.addCamera();
    stand.fanOut.captured(sampleFrame(stand.clock, 41));
    const client = stand.connect();
    const first = new Promise<FrameMeta>((resolve) => client.once('frame', resolve));
    await client.emitWithAck('watch', { cameraId: 'gate' });
    expect((await first).sequence).toBe(41);
  });

  it('sends each result in live mode, and in exact mode each right after its very frame', async () => {
    stand.addCamera();
    const live = await joined('live');
    const exact = await joined('exact');
    const [seenLive, seenExact]: [string[], string[]] = [[], []];
    for (const [client, seen] of [
      [live, seenLive],
      [exact, seenExact],
    ] as const) {
      client.on('frame', (meta, _jpeg, ack) => {
        seen.push(`frame ${String(meta.sequence)}`);
        ack({ drawnAfterMs: 0 });
      });
      client.on('detections', (result) => seen.push(`detections ${String(result.sequence)}`));
    }
    for (const sequence of [1, 2]) {
      const frame = sampleFrame(stand.clock, sequence);
      stand.fanOut.captured(frame);
      stand.fanOut.offered(frame);
      await stand.feed.publish({
        kind: 'result',
        result: sampleResult(frame, { detections: [] }),
        ages: {},
      });
      await settled(live);
      await settled(exact);
    }
    // Of the same frame, and of one from before this capture, nothing is sent; nor of a failure.
    const old = sampleFrame(stand.clock, 9, { epoch: 0 });
    for (const frame of [sampleFrame(stand.clock, 2), old]) {
      await stand.feed.publish({ kind: 'result', result: sampleResult(frame), ages: {} });
    }
    await settled(live);
    expect(seenLive).toEqual(['detections 1', 'detections 2']);
    expect(seenExact).toEqual(['frame 1', 'detections 1', 'frame 2', 'detections 2']);
    const { values } = await stand.metrics.lateResults.get();
    expect(values.map(({ value }) => value)).toEqual([1]);
  });

  it('tells the status once a second, and a change of trust at once', async () => {
    stand.addCamera();
    const client = await joined();
    const seen: CameraStatus[] = [];
    client.on('status', (status) => seen.push(status));
    await stand.clock.advanceAsync(1000);
    await settled(client);
    seen.length = 0;
    await stand.clock.advanceAsync(3000);
    await settled(client);
    expect(seen).toHaveLength(3);
    expect(seen[0]).toMatchObject({ cameraId: 'gate', state: 'live', books: { captured: 0 } });
    seen.length = 0;
    stand.fanOut.captureState('gate', { state: 'stalled', since: 0, reason: 'no frames' });
    await settled(client);
    expect(seen.map(({ state, reason }) => [state, reason])).toEqual([['stalled', 'no frames']]);
  });

  it('tells at once that an inference failed', async () => {
    stand.addCamera();
    await stand.roster.beat(WORKER);
    await stand.clock.advanceAsync(300);
    const client = await joined();
    await settled(client);
    const seen: string[] = [];
    client.on('status', ({ detection }) => seen.push(detection.freshness));
    const first = sampleFrame(stand.clock, 1);
    stand.fanOut.captured(first);
    await stand.feed.publish({ kind: 'result', result: sampleResult(first), ages: {} });
    const { cameraId, epoch, sequence } = sampleFrame(stand.clock, 2);
    await stand.feed.publish({
      kind: 'failure',
      frame: { cameraId, epoch, sequence },
      worker: WORKER.id,
      model: 'yolov5s',
      reason: 'not a whole JPEG',
      failedAt: stand.clock.now(),
      ages: {},
    });
    await settled(client);
    expect(seen).toEqual(['fresh', 'unknown']);
  });

  it('ends when the camera is deleted', async () => {
    stand.addCamera();
    const client = await joined();
    // The greeting that follows the answer is no part of this.
    await settled(client);
    const seen: string[] = [];
    client.onAny((event: string) => seen.push(event));
    stand.fanOut.cameraRemoved('gate');
    stand.fanOut.live(sampleFrame(stand.clock, 1));
    stand.addCamera();
    stand.fanOut.live(sampleFrame(stand.clock, 1));
    await stand.clock.advanceAsync(2000);
    await settled(client);
    expect(seen).toEqual([]);
  });
});

describe('a bad viewer', () => {
  it('that floods is answered with refusals, and others are not disturbed', async () => {
    stand.addCamera();
    const bad = await joined();
    const replies: Promise<WatchReply>[] = [];
    for (let event = 0; event < 1000; event += 1) {
      replies.push(new Promise((resolve) => bad.emit('watch', { cameraId: 'gate' }, resolve)));
    }
    const refused = (await Promise.all(replies)).filter(({ ok }) => !ok);
    expect(refused.length).toBeGreaterThan(700);
    expect(refused[0]).toEqual({ ok: false, error: 'too many requests' });
    expect(await joined()).toBeDefined();
  });

  it('that sends large messages is cut off', async () => {
    const client = stand.connect({ transports: ['websocket'] });
    await once(client as never, 'connect');
    const gone = once(client as never, 'disconnect');
    client.emit('watch', { cameraId: 'x'.repeat(20_000) });
    await gone;
  });

  it('that never acknowledges or reads costs no growing memory', async () => {
    const cameras = ['gate', 'yard'].map((id) => stand.addCamera(sampleCamera({ id })));
    const client = stand.connect({ transports: ['websocket'] });
    for (const { id } of cameras) await client.emitWithAck('watch', { cameraId: id });
    // The client's socket is read no more, as by a page that hangs.
    const { engine } = client.io as unknown as {
      engine: { transport: { ws: { _socket: Socket } } };
    };
    engine.transport.ws._socket.pause();
    const detections = sampleResult(sampleFrame(stand.clock, 0)).detections;
    const many = Array.from({ length: 300 }, () => detections).flat();
    const jpeg = Buffer.alloc(200_000);
    const waiting = () => {
      const [socket] = stand.sockets();
      const connection = socket?.conn as unknown as {
        writeBuffer: { data?: string | Buffer }[];
        transport: { socket: { bufferedAmount: number } };
      };
      const queued = connection.writeBuffer.map(({ data }) => data?.length ?? 0);
      return queued.reduce((sum, size) => sum + size, connection.transport.socket.bufferedAmount);
    };
    const show = async (from: number, to: number) => {
      for (let sequence = from; sequence < to; sequence += 1) {
        for (const { id: cameraId } of cameras) {
          const frame = sampleFrame(stand.clock, sequence, { cameraId, jpeg });
          stand.fanOut.captured(frame);
          stand.fanOut.live(frame);
          const result: DetectionResult = sampleResult(frame, { detections: many });
          await stand.feed.publish({ kind: 'result', result, ages: {} });
        }
        await new Promise(setImmediate);
      }
    };
    await show(0, 500);
    const early = waiting();
    await show(500, 1500);
    // The system's own buffers may have taken in more meanwhile.
    expect(waiting()).toBeLessThanOrEqual(early);
    expect(early).toBeLessThan(2_000_000);
    expect(await dropped()).toBeGreaterThan(2900);
    engine.transport.ws._socket.destroy();
  });
});
