import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Camera, CameraStatus, Problem } from '@lookout/contracts';
import { hostClock } from '@lookout/host';
import { sleep } from '@lookout/timing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../database/open-database.ts';
import { makeSite, type RunningApi, type Site, startApi } from '../running-api.ts';

let site: Site;
let api: RunningApi;

beforeEach(async () => {
  site = await makeSite();
  api = await startApi(site);
});

afterEach(async () => {
  await api.stop();
  await site.remove();
});

const off = { name: 'Gate', enabled: false, source: { type: 'test' } };

async function make(body: unknown): Promise<Camera> {
  const answer = await api.call('POST', '/api/v1/cameras', { body });
  expect(answer.status).toBe(201);
  return (await answer.json()) as Camera;
}

async function list(): Promise<string[]> {
  const cameras = (await (await api.call('GET', '/api/v1/cameras')).json()) as Camera[];
  return cameras.map(({ id }) => id);
}

async function problem(method: string, path: string, body?: unknown): Promise<Problem> {
  const answer = await api.call(method, path, { body });
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const told = (await answer.json()) as Problem;
  expect(told.status).toBe(answer.status);
  return told;
}

async function status(id: string): Promise<CameraStatus> {
  return (await (await api.call('GET', `/api/v1/cameras/${id}/status`)).json()) as CameraStatus;
}

async function until(id: string, wanted: (status: CameraStatus) => boolean): Promise<CameraStatus> {
  for (;;) {
    const now = await status(id);
    if (wanted(now)) return now;
    await sleep(hostClock(), 50);
  }
}

function clip(file: string): void {
  const picture = ['-f', 'lavfi', '-i', 'testsrc2=size=320x180:rate=30:duration=1'];
  execFileSync('ffmpeg', ['-loglevel', 'error', ...picture, file]);
}

async function lastEpoch(cameraId: string): Promise<number> {
  const database = await openDatabase(join(site.root, 'data', 'lookout.db'));
  const row = await database
    .selectFrom('cameraEpochs')
    .select('epoch')
    .where('cameraId', '=', cameraId)
    .executeTakeFirstOrThrow();
  await database.destroy();
  return row.epoch;
}

describe('cameras', () => {
  it('makes, shows, lists and deletes', async () => {
    const answer = await api.call('POST', '/api/v1/cameras', { body: off });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('location')).toBe('/api/v1/cameras/gate');
    const made = (await answer.json()) as Camera;
    expect(made).toMatchObject({
      ...{ id: 'gate', ...off, version: 1, captureFps: 30, liveFps: 15, detectFps: 5 },
      detection: {
        enabled: true,
        model: null,
        minConfidence: 0.4,
        classes: [],
        weight: 1,
        minFps: 0,
        events: { minHits: 3, window: 5, endAfterMs: 5000, labels: [] },
      },
    });
    const shown = await api.call('GET', '/api/v1/cameras/gate');
    expect(shown.headers.get('etag')).toBe('"1"');
    expect(await shown.json()).toEqual(made);
    expect((await make(off)).id).toBe('gate-2');
    expect(await list()).toEqual(['gate', 'gate-2']);
    expect((await api.call('DELETE', '/api/v1/cameras/gate')).status).toBe(204);
    expect(await list()).toEqual(['gate-2']);
    expect((await problem('GET', '/api/v1/cameras/gate')).status).toBe(404);
    expect((await problem('DELETE', '/api/v1/cameras/gate')).status).toBe(404);
  });

  it('gives each of many that are made at once an id of its own', async () => {
    const made = await Promise.all(Array.from({ length: 8 }, () => make(off)));
    expect(new Set(made.map(({ id }) => id)).size).toBe(8);
  });

  it.each([
    [{}, ['name', 'source']],
    [{ ...off, colour: 'red', frame: { depth: 3 } }, ['colour', 'frame.depth']],
    [{ ...off, source: { type: 'exec' } }, ['source.type']],
    [{ ...off, source: { type: 'file', path: '../secret' } }, ['source.path']],
    [{ ...off, source: { type: 'file', path: '/etc/passwd' } }, ['source.path']],
    [{ ...off, captureFps: 10, liveFps: 11 }, ['liveFps']],
    [{ ...off, captureFps: '30' }, ['captureFps']],
    [[off], ['']],
    ['{"name":', undefined],
    ['null', undefined],
  ])('refuses %j', async (body, paths) => {
    const told = await problem('POST', '/api/v1/cameras', body);
    expect(told.status).toBe(400);
    const found = told.errors?.map(({ path }) => path);
    expect(found?.toSorted()).toEqual(paths);
    expect(await list()).toEqual([]);
  });

  it('answers with problems also where no camera is concerned', async () => {
    expect((await problem('GET', '/api/v1/nothing')).status).toBe(404);
    expect((await problem('GET', '/api/v1/cameras/%zz')).status).toBe(400);
    const large = { ...off, name: 'x'.repeat(300_000) };
    expect((await problem('POST', '/api/v1/cameras', large)).status).toBe(413);
  });

  it('patches what is named, and says who came too late', async () => {
    await make(off);
    const patch = (body: unknown, headers: Record<string, string> = {}) =>
      api.call('PATCH', '/api/v1/cameras/gate', {
        body,
        headers: { 'content-type': 'application/merge-patch+json', ...headers },
      });
    const first = await patch({ detection: { minConfidence: 0.7, classes: ['person'] } });
    expect(first.status).toBe(200);
    expect(first.headers.get('etag')).toBe('"2"');
    expect(await first.json()).toMatchObject({
      ...{ id: 'gate', name: 'Gate', version: 2 },
      detection: { enabled: true, minConfidence: 0.7, classes: ['person'] },
    });
    expect((await patch({ name: 'Late' }, { 'if-match': '"1"' })).status).toBe(412);
    expect((await patch({ name: 'In time' }, { 'if-match': '"2"' })).status).toBe(200);
    const reset = (await (await patch({ detection: { classes: null } })).json()) as Camera;
    expect(reset.detection).toMatchObject({ minConfidence: 0.7, classes: [] });
    for (const bad of [{ captureFps: 10 }, { id: 'x' }, { version: 9 }, { name: null }, [1], 'x']) {
      expect((await patch(bad)).status).toBe(400);
    }
    expect((await problem('PATCH', '/api/v1/cameras/none', {})).status).toBe(404);
  });

  it('keeps cameras through a restart, and never uses an epoch twice', async () => {
    clip(join(site.media, 'clip.mp4'));
    const body = { name: 'Gate', source: { type: 'file', path: 'clip.mp4' } };
    await make(body);
    await until('gate', ({ state }) => state === 'live');
    await api.stop();
    const first = await lastEpoch('gate');
    const token = api.newAdminToken ?? '';
    api = await startApi(site, { LOOKOUT_ADMIN_TOKEN: token });
    expect(await list()).toEqual(['gate']);
    await until('gate', ({ state }) => state === 'live');
    await api.call('DELETE', '/api/v1/cameras/gate');
    await make(body);
    await until('gate', ({ state }) => state === 'live');
    await api.stop();
    expect(await lastEpoch('gate')).toBeGreaterThanOrEqual(first + 2);
    api = await startApi(site, { LOOKOUT_ADMIN_TOKEN: token });
  });

  it('accepts a file that is not there yet, says so, and plays it when it comes', async () => {
    await make({ name: 'Later', source: { type: 'file', path: 'later.mp4' } });
    const failed = await until('later', ({ state }) => state !== 'starting');
    expect(failed).toMatchObject({ state: 'failed', reason: 'There is no file "later.mp4"' });
    clip(join(site.media, 'later.mp4'));
    await until('later', ({ state }) => state === 'live');
  });

  it('captures, shows and offers while Redis is away', async () => {
    await make({ name: 'Test', source: { type: 'test' }, frame: { width: 320 } });
    const live = await until('test', ({ rates }) => rates.capture > 5 && rates.live > 2);
    expect(live).toMatchObject({ state: 'live', books: null });
  });
});

describe('the demo camera', () => {
  const restart = async (environment: Record<string, string> = {}) => {
    await api.stop();
    const LOOKOUT_ADMIN_TOKEN = api.newAdminToken ?? 'x'.repeat(24);
    api = await startApi(site, { LOOKOUT_ADMIN_TOKEN, ...environment });
  };
  const footage = () => {
    clip(join(site.demo, 'vtest.mp4'));
  };

  it('comes once, plays, and does not come back when it was deleted', async () => {
    expect(await list()).toEqual([]);
    footage();
    await restart();
    expect(await list()).toEqual(['demo']);
    await until('demo', ({ state }) => state === 'live');
    await restart();
    expect(await list()).toEqual(['demo']);
    await api.call('DELETE', '/api/v1/cameras/demo');
    await restart();
    await restart({ LOOKOUT_DEMO: 'true' });
    expect(await list()).toEqual([]);
  });

  it('does not come where somebody has cameras, unless it is asked for', async () => {
    await make(off);
    await api.call('DELETE', '/api/v1/cameras/gate');
    footage();
    await restart();
    expect(await list()).toEqual([]);
    await restart({ LOOKOUT_DEMO: 'true' });
    expect(await list()).toEqual(['demo']);
  });

  it('does not come where it is not wanted', async () => {
    footage();
    await restart({ LOOKOUT_DEMO: 'false' });
    expect(await list()).toEqual([]);
  });
});
