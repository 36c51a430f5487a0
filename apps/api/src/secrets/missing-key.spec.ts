import { chmod, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Camera, CameraStatus } from '@lookout/contracts';
import { hostClock } from '@lookout/host';
import { sleep } from '@lookout/timing';
import { expect, it } from 'vitest';
import { makeSite, type RunningApi, startApi } from '../running-api.ts';

const SECRET = 'pa55-of-the-gate';

async function statusWhenFailed(api: RunningApi, token: string): Promise<CameraStatus> {
  for (;;) {
    const answer = await api.call('GET', '/api/v1/cameras/gate/status', { token });
    const status = (await answer.json()) as CameraStatus;
    if (status.state === 'failed') return status;
    await sleep(hostClock(), 50);
  }
}

it('shows a camera as failed while its key is missing, and has it back with the key', async () => {
  const site = await makeSite();
  const keyFile = join(site.root, 'data', 'secrets.key');
  const first = await startApi(site);
  const token = first.newAdminToken ?? '';
  const url = `rtsp://user:${SECRET}@127.0.0.1:1/stream`;
  const body = { name: 'Gate', source: { type: 'rtsp', url } };
  const made = await first.call('POST', '/api/v1/cameras', { token, body });
  expect(made.status).toBe(201);
  expect(await made.text()).not.toContain(SECRET);
  await first.stop();

  await rename(keyFile, `${keyFile}.away`);
  const without = await startApi(site);
  const call = (method: string, patch?: object) =>
    without.call(method, '/api/v1/cameras/gate', { token, body: patch });
  try {
    expect((await statusWhenFailed(without, token)).reason).toMatch(/key is missing/);
    expect((await call('PATCH', { name: 'Door' })).status).toBe(200);
    expect((await call('PATCH', { source: { transport: 'udp' } })).status).toBe(400);
    const shown = (await (await call('GET')).json()) as Camera;
    expect(shown).toMatchObject({ name: 'Door', source: { transport: 'tcp' } });
    // No other key may have come into the place of the missing one.
    expect(await readdir(join(site.root, 'data'))).not.toContain('secrets.key');
  } finally {
    await without.stop();
  }

  await rename(`${keyFile}.away`, keyFile);
  const again = await startApi(site);
  const { CAMERAS_REPOSITORY } = await import('../cameras/cameras.repository.ts');
  const cameras = again.app.get(CAMERAS_REPOSITORY);
  expect(await cameras.find('gate')).toMatchObject({ name: 'Door', source: { url } });
  await again.stop();

  await chmod(keyFile, 0o644);
  await expect(startApi(site)).rejects.toThrow(/^The key file .*chmod 600/);
  await site.remove();
});
