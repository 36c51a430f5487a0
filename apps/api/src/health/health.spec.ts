import { systemSchema } from '@lookout/contracts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openLiveStand } from '../live/live-stand.ts';
import { sampleFrame } from '../status/samples.ts';

let stand: Awaited<ReturnType<typeof openLiveStand>>;

beforeEach(async () => {
  stand = await openLiveStand();
});

afterEach(async () => {
  await stand.close();
});

async function metricsPage(): Promise<string[]> {
  const response = await stand.fetch('/metrics');
  expect(response.headers.get('content-type')).toContain('text/plain');
  return (await response.text()).split('\n');
}

it('opens health to all, and the rest to those with a token', async () => {
  for (const path of ['/healthz', '/readyz']) {
    expect((await fetch(`${stand.url}${path}`)).status).toBe(200);
  }
  for (const path of ['/metrics', '/system', '/cameras/gate/status']) {
    expect((await fetch(`${stand.url}${path}`)).status).toBe(401);
  }
});

it('is ready without workers, and says that they are away', async () => {
  await stand.clock.advanceAsync(300);
  const response = await stand.fetch('/readyz');
  expect(await response.json()).toEqual({ status: 'ready', degraded: ['workers'] });
});

it('is not ready without its database', async () => {
  stand.database.answers = false;
  const response = await stand.fetch('/readyz');
  expect([response.status, await response.json()]).toMatchObject([
    503,
    { detail: 'The database does not answer' },
  ]);
});

it('tells of the system, with Redis away too', async () => {
  const system = systemSchema.parse(await (await stand.fetch('/system')).json());
  expect(system).toMatchObject({
    version: '1.2.3',
    processes: [],
    workers: [],
    redis: { state: 'away' },
    database: { engine: 'sqlite', state: 'open' },
  });
  stand.roster.setAway(true);
  const blind = systemSchema.parse(await (await stand.fetch('/system')).json());
  expect(blind.workers).toBeNull();
});

it('shows metrics under the names of the contract', async () => {
  stand.addCamera();
  for (const sequence of [1, 2, 3]) {
    const frame = sampleFrame(stand.clock, sequence);
    stand.fanOut.captured(frame);
    stand.fanOut.offered(frame);
    await stand.clock.advanceAsync(200);
  }
  stand.fanOut.captureRestarted('gate', 'stalled');
  const page = await metricsPage();
  for (const line of [
    'lookout_frames_captured_total{camera="gate"} 3',
    'lookout_frames_offered_total{camera="gate",consumer="detector"} 3',
    'lookout_frames_overwritten_total{camera="gate",consumer="detector"} 2',
    'lookout_frames_delivered_total{camera="gate",consumer="detector"} 0',
    'lookout_frames_expired_total{camera="gate",consumer="detector"} 0',
    'lookout_frames_refused_total{camera="gate"} 0',
    'lookout_viewer_frames_dropped_total{camera="gate"} 0',
    'lookout_camera_state{camera="gate",state="live"} 1',
    'lookout_camera_state{camera="gate",state="failed"} 0',
    'lookout_capture_restarts_total{camera="gate",reason="stalled"} 1',
    'lookout_frame_age_seconds_count{camera="gate",hop="offered"} 3',
    '# TYPE lookout_inference_seconds histogram',
    '# TYPE lookout_frames_offered_total counter',
  ]) {
    expect(page).toContain(line);
  }
  expect(page.some((line) => line.startsWith('nodejs_eventloop_lag_seconds'))).toBe(true);
});

it('shows no books while Redis is away, and nothing of a deleted camera', async () => {
  stand.addCamera();
  stand.fanOut.captured(sampleFrame(stand.clock, 1));
  stand.mailbox.setAway(true);
  const blind = await metricsPage();
  expect(blind.filter((line) => line.includes('consumer='))).toEqual([]);
  stand.mailbox.setAway(false);
  stand.fanOut.cameraRemoved('gate');
  await stand.clock.advanceAsync(0);
  const page = await metricsPage();
  expect(page.filter((line) => line.includes('"gate"'))).toEqual([]);
});
