import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FrameTraces, NO_TRACES, openFrameTraces } from './frame-traces.ts';
import { type OtlpReceiver, startOtlpReceiver } from './otlp-receiver.ts';

const frame = { cameraId: 'gate', epoch: 3, sequence: 14, capturedAt: 1_700_000_000_000.25 };
const PATIENCE = { timeout: 10_000 };

describe('frame traces', () => {
  let receiver: OtlpReceiver;
  const opened: FrameTraces[] = [];
  beforeEach(async () => {
    receiver = await startOtlpReceiver();
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((traces) => traces.close()));
    await receiver.close();
  });

  const open = async (
    name: string,
    ratio = 1,
    onTrouble: (words: string) => void = () => undefined,
  ) => {
    const headers = { authorization: 'Bearer secret' };
    const settings = { endpoint: `${receiver.endpoint}/`, headers, ratio };
    const traces = await openFrameTraces(settings, { name, instance: 'i-1' }, onTrouble);
    opened.push(traces);
    return traces;
  };

  it('join what two processes tell of a frame into one trace, exported as OTLP', async () => {
    const [api, worker] = [await open('lookout-api'), await open('lookout-worker')];
    worker.stretches(frame, [
      { name: 'decode', from: 8, to: 10.5 },
      { name: 'infer', from: 10.5, to: 58 },
    ]);
    api.stretches(frame, [{ name: 'offer', from: 0, to: 2 }]);
    api.end(frame, { to: 72, model: 'yolov5s', worker: 'w1' });
    await Promise.all([api.close(), worker.close()]);
    // Nobody waits long for an export at the end, but it goes on as long as the process.
    await expect.poll(() => receiver.spans.length).toBe(4);
    expect(receiver.headers()).toMatchObject({ authorization: 'Bearer secret' });

    const root = receiver.spans.find(({ parentId }) => parentId === '');
    expect(root).toMatchObject({ name: 'frame', service: 'lookout-api', failure: undefined });
    expect(Object.fromEntries(root?.attributes ?? [])).toEqual({
      ...{ 'lookout.camera': 'gate', 'lookout.epoch': 3, 'lookout.sequence': 14 },
      ...{ 'lookout.model': 'yolov5s', 'lookout.worker': 'w1' },
    });
    const told = receiver.spans.map((span) => [
      `${span.service} ${span.name}`,
      span.from - frame.capturedAt,
      span.to - frame.capturedAt,
    ]);
    expect(told.toSorted()).toEqual([
      ['lookout-api frame', 0, 72],
      ['lookout-api offer', 0, 2],
      ['lookout-worker decode', 8, 10.5],
      ['lookout-worker infer', 10.5, 58],
    ]);
    expect(new Set(receiver.spans.map(({ traceId }) => traceId)).size).toBe(1);
    expect(new Set(receiver.spans.map(({ spanId }) => spanId)).size).toBe(4);
    const children = receiver.spans.filter((span) => span !== root);
    expect(children.map(({ parentId }) => parentId)).toEqual(children.map(() => root?.spanId));
  });

  it('mark a frame that failed', async () => {
    const api = await open('lookout-api');
    api.end(frame, { to: 9, model: 'yolov5s', worker: 'w1', failure: 'not a whole JPEG' });
    await api.close();
    await expect
      .poll(() => receiver.spans.map(({ failure }) => failure))
      .toEqual(['not a whole JPEG']);
  });

  it('agree in every process on the share of frames that is traced', async () => {
    const [api, worker] = [await open('lookout-api', 0.25), await open('lookout-worker', 0.25)];
    let wanted = 0;
    for (let sequence = 0; sequence < 2000; sequence += 1) {
      const one = { ...frame, sequence };
      expect(api.wants(one)).toBe(worker.wants(one));
      if (api.wants(one)) wanted += 1;
      worker.stretches(one, [{ name: 'infer', from: 0, to: 1 }]);
      api.end(one, { to: 2, model: 'm', worker: 'w' });
    }
    expect(wanted).toBeGreaterThan(400);
    expect(wanted).toBeLessThan(600);
    await Promise.all([api.close(), worker.close()]);
    const told = (name: string) => receiver.spans.filter((span) => span.name === name).length;
    await expect.poll(() => [told('frame'), told('infer')]).toEqual([wanted, wanted]);
    expect((await open('x', 0)).wants(frame)).toBe(false);
  });

  it('say once that nobody takes them, delay nobody and end in time', async () => {
    const troubles: string[] = [];
    const api = await open('lookout-api', 1, (words) => troubles.push(words));
    await receiver.close();
    const began = performance.now();
    for (let sequence = 0; sequence < 5000; sequence += 1) {
      api.end({ ...frame, sequence }, { to: 1, model: 'm', worker: 'w' });
    }
    expect(performance.now() - began).toBeLessThan(4000);
    await api.close();
    expect(performance.now() - began).toBeLessThan(8000);
    receiver = await startOtlpReceiver();
    await vi.waitFor(() => {
      expect(troubles.join()).toMatch(/ECONNREFUSED|fail/i);
    }, PATIENCE);
    expect(troubles.length).toBeLessThan(4);
  });
});

describe('without an endpoint', () => {
  it('nothing is traced', async () => {
    const traces = await openFrameTraces(undefined, { name: 'x', instance: 'i' }, () => undefined);
    expect(traces).toBe(NO_TRACES);
    expect(traces.wants(frame)).toBe(false);
  });

  it('no package of OpenTelemetry is loaded; with one they are', () => {
    const index = join(import.meta.dirname, 'index.ts');
    const loaded = (settings: string) =>
      execFileSync(
        process.execPath,
        [
          '--input-type=module',
          '--eval',
          `import { registerHooks } from 'node:module';
           let loaded = 0;
           registerHooks({ load(url, context, next) {
             if (url.includes('@opentelemetry')) loaded += 1;
             return next(url, context);
           } });
           const { openFrameTraces } = await import(${JSON.stringify(index)});
           await openFrameTraces(${settings}, { name: 'x', instance: 'i' }, () => {});
           console.log(loaded);`,
        ],
        { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
      );
    expect(Number(loaded('undefined'))).toBe(0);
    const settings = `{ endpoint: 'http://127.0.0.1:1', headers: {}, ratio: 0 }`;
    expect(Number(loaded(settings))).toBeGreaterThan(0);
  });
});
