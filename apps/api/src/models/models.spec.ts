import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { modelSchema } from '@lookout/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeSite, type RunningApi, type Site, startApi } from '../running-api.ts';

const CATALOG = resolve(import.meta.dirname, '../../../../models/catalog.json');

let site: Site;
let api: RunningApi;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lookout-models-'));
  const sha256 = createHash('sha256').update('a small model').digest('hex');
  const catalog = await readFile(CATALOG, 'utf8');
  const [, , last] = [...catalog.matchAll(/"sha256": "[0-9a-f]{64}"/g)];
  await writeFile(
    join(folder, 'catalog.json'),
    catalog.replace(last?.[0] ?? 'none', `"sha256": "${sha256}"`),
  );
  for (const id of ['yolov5s-320', 'yolov5s-640']) {
    await mkdir(join(folder, id));
    await writeFile(join(folder, id, 'model.onnx'), 'a small model');
  }
  site = await makeSite();
  api = await startApi({ ...site, models: folder });
});

afterAll(async () => {
  await api.stop();
  await site.remove();
  await rm(folder, { recursive: true });
});

async function models() {
  const answer = await api.call('GET', '/api/v1/models');
  expect(answer.status).toBe(200);
  return modelSchema.array().parse(await answer.json());
}

const make = (detection: object) =>
  api.call('POST', '/api/v1/cameras', {
    body: { name: 'Gate', enabled: false, source: { type: 'test' }, detection },
  });

it('says of each model what it is, what it tells apart, and whether it is there and whole', async () => {
  const list = await models();
  const installed = list.map(({ id, installed, isDefault }) => [id, installed, isDefault]);
  expect(installed).toEqual([
    ['yolov5s', false, true],
    // Its file is another one than the catalog has.
    ['yolov5s-320', false, false],
    ['yolov5s-640', true, false],
  ]);
  expect(list[0]).toMatchObject({ input: 416, licence: { id: 'AGPL-3.0', holder: 'Ultralytics' } });
  expect(list[0]?.labels.slice(0, 3)).toEqual(['person', 'bicycle', 'car']);
  expect(list[0]?.labels).toHaveLength(80);
});

it('shows which one cameras get that name none', async () => {
  const other = await startApi({ ...site, models: folder }, { LOOKOUT_MODEL: 'yolov5s-320' });
  const answer = await other.call('GET', '/api/v1/models', { token: api.newAdminToken ?? null });
  const list = modelSchema.array().parse(await answer.json());
  await other.stop();
  expect(list.filter(({ isDefault }) => isDefault).map(({ id }) => id)).toEqual(['yolov5s-320']);
});

describe('a camera', () => {
  it('may name a model of the catalog, whether it is here yet or not', async () => {
    const made = await make({ model: 'yolov5s-320' });
    expect(made.status).toBe(201);
    expect(await made.json()).toMatchObject({ detection: { model: 'yolov5s-320' } });
  });

  it('may not name another: neither when it is made, nor changed, nor imported', async () => {
    const message = 'there is no model "yolo99"; the catalog has yolov5s, yolov5s-320, yolov5s-640';
    const detection = { model: 'yolo99' };
    const refused = [await make(detection)];
    expect((await make({})).status).toBe(201);
    refused.push(await api.call('PATCH', '/api/v1/cameras/gate', { body: { detection } }));
    for (const answer of refused) {
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ errors: [{ path: 'detection.model', message }] });
    }
    const cameras = [{ name: 'New', source: { type: 'test' }, detection }];
    const imported = await api.call('POST', '/api/v1/import', {
      body: JSON.stringify({ format: 'lookout-cameras', version: 1, cameras }),
      headers: { 'content-type': 'application/yaml' },
    });
    expect(imported.status).toBe(400);
    expect(await imported.json()).toMatchObject({
      errors: [{ path: 'cameras.0.detection.model' }],
    });
  });

  it('may name what its model knows, and is told what else was meant', async () => {
    const known = { classes: ['person', 'dog'], events: { labels: ['dog'] } };
    expect((await make({ ...known, model: 'yolov5s-320' })).status).toBe(201);
    const odd = { classes: ['person', 'Person'], events: { labels: ['unicorn', 'trafic light'] } };
    const refused = await make(odd);
    expect(refused.status).toBe(400);
    const of = (label: string) => `the model "yolov5s" does not know "${label}": `;
    const errors = [
      { path: 'detection.classes.1', message: `${of('Person')}did you mean "person"?` },
      {
        path: 'detection.events.labels.0',
        message: `${of('unicorn')}GET /api/v1/models lists what it knows`,
      },
      {
        path: 'detection.events.labels.1',
        message: `${of('trafic light')}did you mean "traffic light"?`,
      },
    ];
    expect(await refused.json()).toMatchObject({ errors });
    const cameras = [{ name: 'New', source: { type: 'test' }, detection: odd }];
    const imported = await api.call('POST', '/api/v1/import', {
      body: JSON.stringify({ format: 'lookout-cameras', version: 1, cameras }),
      headers: { 'content-type': 'application/yaml' },
    });
    expect(imported.status).toBe(400);
    expect(await imported.json()).toMatchObject({
      errors: errors.map(({ path }) => ({ path: `cameras.0.${path}` })),
    });
  });

  it('keeps labels that its model forgot, and takes them to no other model', async () => {
    const detection = { model: 'yolov5s-320', classes: ['person'], events: { labels: ['person'] } };
    const made = (await (await make(detection)).json()) as { id: string };
    const change = (body: object) => api.call('PATCH', `/api/v1/cameras/${made.id}`, { body });
    const file = join(folder, 'catalog.json');
    const before = await readFile(file, 'utf8');
    await writeFile(file, before.replace('"person"', '"human"'));
    expect((await change({ name: 'Door' })).status).toBe(200);
    expect((await change({ detection: { classes: ['person', 'dog'] } })).status).toBe(200);
    expect((await change({ detection: { classes: ['person', 'dgo'] } })).status).toBe(400);
    const moved = await change({ detection: { model: null } });
    expect(moved.status).toBe(400);
    expect(await moved.json()).toMatchObject({
      errors: [{ path: 'detection.classes.0' }, { path: 'detection.events.labels.0' }],
    });
    await writeFile(file, before);
    expect((await change({ detection: { model: null } })).status).toBe(200);
    await writeFile(file, before.replace('"person"', '"human"'));
    // The same model, by its name.
    expect((await change({ detection: { model: 'yolov5s' } })).status).toBe(200);
    await writeFile(file, before);
  });

  it('can be changed though its model has left the catalog', async () => {
    const made = (await (await make({ model: 'yolov5s-640' })).json()) as { id: string };
    const file = join(folder, 'catalog.json');
    const before = await readFile(file, 'utf8');
    await writeFile(file, before.replace('"id": "yolov5s-640"', '"id": "yolov5s-x"'));
    const change = (body: object) => api.call('PATCH', `/api/v1/cameras/${made.id}`, { body });
    expect((await change({ name: 'Door' })).status).toBe(200);
    expect((await change({ detection: { model: 'yolov5s-640' } })).status).toBe(200);
    await writeFile(file, '{');
    expect((await change({ name: 'Yard' })).status).toBe(200);
    expect((await change({ detection: { model: 'yolov5s' } })).status).toBe(503);
    expect((await api.call('GET', '/api/v1/models')).status).toBe(503);
    await writeFile(file, before);
  });
});
