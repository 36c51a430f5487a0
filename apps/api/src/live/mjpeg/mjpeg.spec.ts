import type { Camera } from '@lookout/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FrameFanOut } from '../../capture/frame-fan-out.ts';
import { isWholeJpeg } from '../../capture/jpeg.ts';
import { makeSite, type RunningApi, type Site, startApi } from '../../running-api.ts';
import { type ByteSink, MjpegClient } from './mjpeg-client.ts';

let site: Site;
let api: RunningApi;

beforeEach(async () => {
  site = await makeSite();
  api = await startApi(site);
  const body = { name: 'Gate', source: { type: 'test' }, frame: { width: 320 } };
  const answer = await api.call('POST', '/api/v1/cameras', { body });
  expect(((await answer.json()) as Camera).id).toBe('gate');
});

afterEach(async () => {
  await api.stop();
  await site.remove();
});

/** Reads parts of a stream until there are enough of them. */
async function read(answer: Response, count: number) {
  const reader = (answer.body ?? new ReadableStream<Uint8Array>()).getReader();
  let rest = Buffer.alloc(0);
  const parts: { sequence: number; jpeg: Uint8Array }[] = [];
  while (parts.length < count) {
    const piece = await reader.read();
    if (piece.done) throw new Error('The stream ended');
    rest = Buffer.concat([rest, piece.value]);
    for (;;) {
      const end = rest.indexOf('\r\n\r\n');
      const head = rest.subarray(0, end).toString();
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1]);
      if (end === -1 || rest.length < end + 4 + length + 2) break;
      const sequence = Number(/x-frame-sequence: (\d+)/i.exec(head)?.[1]);
      parts.push({ sequence, jpeg: rest.subarray(end + 4, end + 4 + length) });
      rest = rest.subarray(end + 4 + length + 2);
    }
  }
  return { parts, reader };
}

describe('stream.mjpeg', () => {
  it('shows whole pictures in order, with the token in the address', async () => {
    const token = api.newAdminToken ?? '';
    const path = `/api/v1/cameras/gate/stream.mjpeg?token=${token}`;
    const answer = await api.call('GET', path, { token: null });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^multipart\/x-mixed-replace; boundary=/);
    const { parts, reader } = await read(answer, 10);
    expect(parts.every(({ jpeg }) => isWholeJpeg(jpeg))).toBe(true);
    const sequences = parts.map(({ sequence }) => sequence);
    expect(sequences).toEqual([...new Set(sequences)].sort((a, b) => a - b));
    await reader.cancel();
  });

  it('keeps to fps', async () => {
    const capturedAt = new Map<number, number>();
    api.app.get(FrameFanOut).listen({
      captured: ({ sequence, capturedMonotonic }) => capturedAt.set(sequence, capturedMonotonic),
    });
    const answer = await api.call('GET', '/api/v1/cameras/gate/stream.mjpeg?fps=3');
    const { parts, reader } = await read(answer, 5);
    const moment = (part = parts[1]) => capturedAt.get(part?.sequence ?? -1) ?? Number.NaN;
    // Three a second of whatever the machine has captured.
    expect(moment(parts.at(-1)) - moment()).toBeGreaterThanOrEqual(800);
    await reader.cancel();
  });

  it('ends when the camera is deleted', async () => {
    const answer = await api.call('GET', '/api/v1/cameras/gate/stream.mjpeg');
    const { reader } = await read(answer, 1);
    await api.call('DELETE', '/api/v1/cameras/gate');
    const over = async () => {
      while (!(await reader.read()).done);
    };
    await over().catch((error: unknown) => {
      expect(error).toBeInstanceOf(Error);
    });
  });

  it.each([
    ['/api/v1/cameras/none/stream.mjpeg', 404],
    ['/api/v1/cameras/gate/stream.mjpeg?fps=0', 400],
    ['/api/v1/cameras/gate/stream.mjpeg?fps=fast', 400],
  ])('refuses %s', async (path, status) => {
    expect((await api.call('GET', path)).status).toBe(status);
  });
});

describe('MjpegClient', () => {
  it('sends a slow client the newest frame, and counts those it missed', () => {
    const sent: (() => void)[] = [];
    const sink: ByteSink = { write: (_, taken) => sent.push(taken) };
    let dropped = 0;
    const client = new MjpegClient(sink, undefined, () => (dropped += 1));
    const frame = (sequence: number) => ({
      ...{ cameraId: 'gate', epoch: 1, sequence, capturedAt: 0, capturedMonotonic: sequence },
      ...{ host: 'here', jpeg: new Uint8Array(4), width: 2, height: 2 },
    });
    for (let sequence = 0; sequence < 10; sequence += 1) client.offer(frame(sequence));
    expect({ writes: sent.length, dropped }).toEqual({ writes: 1, dropped: 8 });
    sent[0]?.();
    expect(sent).toHaveLength(2);
  });
});
