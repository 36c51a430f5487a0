import type { Camera, Problem } from '@lookout/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CamerasService } from './cameras.service.ts';
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

const URL_IN = 'rtsp://admin:s3cret@127.0.0.1:1/live?token=t0ken';
const URL_OUT = 'rtsp://admin:***@127.0.0.1:1/live?token=***';
const camera = { name: 'Gate', enabled: false, source: { type: 'rtsp', url: URL_IN } };

const patch = (url: string) =>
  api.call('PATCH', '/api/v1/cameras/gate', {
    body: { source: { url } },
    headers: { 'content-type': 'application/merge-patch+json' },
  });

const stored = async () => (await api.app.get(CamerasService).get('gate')).source;

describe('the credentials of a camera', () => {
  it('come out of no answer, and *** keeps them', async () => {
    const made = await api.call('POST', '/api/v1/cameras', { body: camera });
    expect(((await made.json()) as Camera).source).toMatchObject({ url: URL_OUT });
    const kept = await patch('rtsp://admin:***@127.0.0.1:1/other?token=***');
    expect(kept.status).toBe(200);
    expect(await stored()).toMatchObject({
      url: 'rtsp://admin:s3cret@127.0.0.1:1/other?token=t0ken',
    });
    for (const path of ['', '/gate', '/gate/status']) {
      const text = await (await api.call('GET', `/api/v1/cameras${path}`)).text();
      expect(text).not.toMatch(/s3cret|t0ken/);
    }
  });

  it('go to no other host', async () => {
    await api.call('POST', '/api/v1/cameras', { body: camera });
    const told = await patch('rtsp://admin:***@127.0.0.2:1/live?token=***');
    expect(told.status).toBe(400);
    expect(((await told.json()) as Problem).errors?.map(({ path }) => path)).toEqual([
      'source.url',
    ]);
    expect(await stored()).toMatchObject({ url: URL_IN });
  });

  it('are not guessed for a new camera', async () => {
    const body = { ...camera, source: { type: 'rtsp', url: URL_OUT } };
    expect((await api.call('POST', '/api/v1/cameras', { body })).status).toBe(400);
  });
});
