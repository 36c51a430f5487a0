import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hostClock } from '@lookout/host';
import { HttpCamera, makeJpegs, mjpeg } from '@lookout/test-cameras';
import { sleep } from '@lookout/timing';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { makeSite, startApi } from '../../running-api.ts';

it('goes on by itself, unsqueezed and with a new epoch, when a camera changes its shape', async () => {
  const site = await makeSite();
  const picture = async (size: string) => {
    await makeJpegs(join(site.root, `${size}-%d.jpg`), size, 1);
    return readFile(join(site.root, `${size}-1.jpg`));
  };
  const wide = await picture('640x360');
  const shown = [await picture('320x240')];
  const camera = await HttpCamera.start({ '/mjpeg': mjpeg(shown, 20) });
  const api = await startApi(site, { LOOKOUT_DEMO: 'false' });
  const body = { name: 'Gate', source: { type: 'http', url: camera.url('/mjpeg') } };
  expect((await api.call('POST', '/api/v1/cameras', { body })).status).toBe(201);

  /** Size and epoch of the newest picture, once it has this width. */
  const seen = async (width: number): Promise<{ height: number; epoch: number }> => {
    for (;;) {
      const answer = await api.call('GET', '/api/v1/cameras/gate/snapshot.jpg');
      const bytes = Buffer.from(await answer.arrayBuffer());
      if (answer.status === 200) {
        const size = await sharp(bytes).metadata();
        const epoch = Number(answer.headers.get('x-frame-epoch'));
        if (size.width === width) return { height: size.height, epoch };
      }
      await sleep(hostClock(), 50);
    }
  };
  const before = await seen(320);
  expect(before.height).toBe(240);
  shown[0] = wide;
  const after = await seen(640);
  expect(after.height).toBe(360);
  expect(after.epoch).toBe(before.epoch + 1);

  await api.stop();
  await camera.stop();
  await site.remove();
});
