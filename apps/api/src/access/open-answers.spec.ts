import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readConfig } from '@lookout/config';
import { ManualClock } from '@lookout/timing';
import type { Response } from 'express';
import { expect, it } from 'vitest';
import { MemoryCredentials } from '../live/memory-repositories.ts';
import { AccessService } from './access.service.ts';
import { OpenAnswers } from './open-answers.ts';
import { hashOf } from './secret.ts';

it('ends answers that are still being written when their token does, and no other', async () => {
  const repository = new MemoryCredentials();
  for (const id of ['kept', 'revoked']) {
    await repository.saveToken({
      ...{ id, name: id, role: 'viewer', cameraIds: null, hash: hashOf(id) },
      ...{ createdAt: 0, lastUsedAt: null },
    });
  }
  const access = new AccessService(readConfig({}), new ManualClock(), repository);
  const answers = new OpenAnswers(access);
  const server = createServer((asked, response) => {
    answers.add(response as Response, { token: asked.url?.slice(1) });
    response.write('the first part');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const open = async (token: string) => {
    const asked = request({ port, path: `/${token}` }).end();
    const [answer] = (await once(asked, 'response')) as [NodeJS.ReadableStream];
    const news: string[] = [];
    const ended = new Promise<void>((resolve) => {
      answer.on('error', () => news.push('ended')).on('close', resolve);
    });
    answer.resume();
    return { asked, news, ended };
  };
  const [kept, revoked] = [await open('kept'), await open('revoked')];
  await repository.deleteToken('revoked');
  access.ended();
  await revoked.ended;
  expect(revoked.news).toEqual(['ended']);
  expect(kept.news).toEqual([]);
  kept.asked.destroy();
  server.closeAllConnections();
  server.close();
});
