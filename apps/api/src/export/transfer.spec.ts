import type { Camera, Problem } from '@lookout/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { CamerasService } from '../cameras/cameras.service.ts';
import { makeSite, type RunningApi, type Site, startApi } from '../running-api.ts';
import type { ImportReport } from './import-report.ts';

const SECRET = 'hunter2-of-the-gate';
const PASSPHRASE = 'a long passphrase, with ümlauts & 100%';
const gate = {
  name: 'Gate',
  enabled: false,
  source: { type: 'rtsp', url: `rtsp://user:${SECRET}@10.0.0.5/stream`, transport: 'udp' },
  captureFps: 10,
  detection: { classes: ['person'], minConfidence: 0.7 },
};
const yard = { name: 'Yard', enabled: false, source: { type: 'test' } };

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

async function make(...bodies: unknown[]): Promise<void> {
  for (const body of bodies) {
    expect((await api.call('POST', '/api/v1/cameras', { body })).status).toBe(201);
  }
}

async function list(): Promise<Camera[]> {
  return (await (await api.call('GET', '/api/v1/cameras')).json()) as Camera[];
}

async function exported(passphrase?: string): Promise<string> {
  const answer =
    passphrase === undefined
      ? await api.call('GET', '/api/v1/export')
      : await api.call('POST', '/api/v1/export', { body: { passphrase } });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toMatch(/^application\/yaml/);
  expect(answer.headers.get('content-disposition')).toContain('lookout-cameras.yaml');
  return answer.text();
}

function send(body: string, query = '', passphrase?: string): Promise<Response> {
  const secret = passphrase === undefined ? undefined : encodeURIComponent(passphrase);
  return api.call('POST', `/api/v1/import${query}`, {
    body,
    headers: {
      'content-type': 'application/yaml',
      ...(secret === undefined ? {} : { 'x-lookout-passphrase': secret }),
    },
  });
}

async function report(answer: Response): Promise<[string | null, string][]> {
  expect(answer.status).toBe(200);
  const { cameras } = (await answer.json()) as ImportReport;
  return cameras.map(({ id, outcome }) => [id, outcome]);
}

async function pathsOf(answer: Response): Promise<string[] | undefined> {
  expect(answer.status).toBe(400);
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  return ((await answer.json()) as Problem).errors?.map(({ path }) => path);
}

const bare = (camera: Camera) => ({ ...camera, version: 0, createdAt: '', updatedAt: '' });
const file = (...cameras: unknown[]) =>
  stringify({ format: 'lookout-cameras', version: 1, cameras }, { aliasDuplicateObjects: false });

/** Addresses with their credentials, as nothing outside of the api shows them. */
async function storedUrls(): Promise<string[]> {
  const cameras = await api.app.get(CamerasService).list();
  return cameras.flatMap(({ source }) => ('url' in source ? [source.url] : []));
}

async function removeAll(): Promise<void> {
  for (const { id } of await list()) await api.call('DELETE', `/api/v1/cameras/${id}`);
}

describe('export', () => {
  it('holds every setting and no credential', async () => {
    await make(gate, yard);
    const text = await exported();
    expect(text).not.toContain(SECRET);
    expect(text).toContain('rtsp://user:***@10.0.0.5/stream');
    expect((parse(text) as { cameras: unknown[] }).cameras).toMatchObject([
      { ...gate, id: 'gate', source: { ...gate.source, url: 'rtsp://user:***@10.0.0.5/stream' } },
      { ...yard, id: 'yard' },
    ]);
  });

  it('seals the credentials, each time otherwise', async () => {
    await make(gate);
    const [one, other] = [await exported(PASSPHRASE), await exported(PASSPHRASE)];
    for (const text of [one, other]) {
      expect(text).not.toContain(SECRET);
      expect(text).not.toContain(Buffer.from(SECRET).toString('base64').slice(4, 20));
    }
    const dataOf = (text: string) => (parse(text) as { secrets: { data: string } }).secrets.data;
    expect(dataOf(one)).not.toBe(dataOf(other));
  });

  it('wants a passphrase worth the name, by no other way than in a body', async () => {
    for (const body of [{}, { passphrase: 'short' }, { passphrase: 'x'.repeat(201) }]) {
      expect(await pathsOf(await api.call('POST', '/api/v1/export', { body }))).toEqual([
        'passphrase',
      ]);
    }
  });
});

describe('import', () => {
  it('brings back, with the passphrase, exactly what was exported', async () => {
    await make(gate, yard);
    const before = await list();
    const text = await exported(PASSPHRASE);
    await removeAll();
    expect(await report(await send(text, '', PASSPHRASE))).toEqual([
      ['gate', 'created'],
      ['yard', 'created'],
    ]);
    expect((await list()).map(bare)).toEqual(before.map(bare));
    expect(await storedUrls()).toEqual([gate.source.url]);
  });

  it('does not take *** for a password', async () => {
    await make(gate);
    const text = await exported();
    await removeAll();
    expect(await pathsOf(await send(text))).toEqual(['cameras.0.source.url']);
    expect(await list()).toEqual([]);
  });

  it('keeps the stored password of a camera that it replaces', async () => {
    await make(gate);
    const text = (await exported()).replace('name: Gate', 'name: Gate, north');
    expect(await report(await send(text))).toEqual([['gate', 'skipped']]);
    expect((await list())[0]).toMatchObject({ name: 'Gate', version: 1 });
    expect(await report(await send(text, '?existing=replace'))).toEqual([['gate', 'replaced']]);
    expect((await list())[0]).toMatchObject({ id: 'gate', name: 'Gate, north', version: 2 });
    expect(await storedUrls()).toEqual([gate.source.url]);
  });

  it('changes nothing in a dry run, and tells what it would do with each camera', async () => {
    await make(yard);
    const text = file({ ...yard, id: 'yard' }, gate, { name: '', source: { type: 'exec' } });
    const answer = await send(text, '?dryRun=true&existing=replace');
    const { dryRun, cameras } = (await answer.json()) as ImportReport;
    expect(dryRun).toBe(true);
    expect(cameras.map(({ outcome }) => outcome)).toEqual(['replaced', 'created', 'invalid']);
    expect(cameras[2]?.errors.map(({ path }) => path).toSorted()).toEqual(['name', 'source.type']);
    expect((await list()).map(({ id, version }) => [id, version])).toEqual([['yard', 1]]);
  });

  it('takes over none when one is wrong, and names every fault', async () => {
    const text = file(yard, { ...yard, liveFps: 40, colour: 'red' }, 7, { ...yard, id: 'No Slug' });
    expect((await pathsOf(await send(text)))?.toSorted()).toEqual(
      ['cameras.1.colour', 'cameras.1.liveFps', 'cameras.2', 'cameras.3.id'].toSorted(),
    );
    const twice = file({ ...yard, id: 'a' }, { ...yard, id: 'a' });
    expect(await pathsOf(await send(twice))).toEqual(['cameras.1.id']);
    expect(await list()).toEqual([]);
  });

  it('opens the secrets with the right passphrase alone, and notices every change', async () => {
    await make(gate);
    const text = await exported(PASSPHRASE);
    await removeAll();
    expect(await pathsOf(await send(text, '', 'another passphrase'))).toEqual(['passphrase']);
    expect(await pathsOf(await send(text))).toEqual(['cameras.0.source.url']);
    const parsed = parse(text) as { secrets: { data: string; key: { N: number } } };
    const { data } = parsed.secrets;
    parsed.secrets.data = (data.startsWith('A') ? 'B' : 'A') + data.slice(1);
    expect(await pathsOf(await send(stringify(parsed), '', PASSPHRASE))).toEqual(['passphrase']);
    parsed.secrets.key.N = 2 ** 30;
    expect(await pathsOf(await send(stringify(parsed), '', PASSPHRASE))).toEqual(['secrets.key.N']);
    expect(await pathsOf(await send(file(yard), '', PASSPHRASE))).toEqual(['passphrase']);
  });

  it.each([
    ['nothing', ''],
    ['no YAML', 'a: [1'],
    ['another file', 'hello: world'],
    ['an alias', 'format: lookout-cameras\nversion: 1\ncameras: &a []\nother: *a'],
    ['a tag', 'format: lookout-cameras\nversion: 1\ncameras: !nodes []'],
    ['a key twice', 'format: lookout-cameras\nversion: 1\ncameras: []\ncameras: []'],
    ['a key that is no word', '? [a]\n: b'],
    ['prototypes', '__proto__: { a: 1 }\nformat: lookout-cameras\nversion: 1\ncameras: []'],
    ['brackets without end', '['.repeat(30_000)],
    ['a later version', 'format: lookout-cameras\nversion: 2\ncameras: []'],
    ['too many cameras', file(...Array.from({ length: 201 }, () => 1))],
  ])('refuses %s', async (_, text) => {
    expect(await pathsOf(await send(text))).toBeDefined();
  });

  it('refuses aliases that unfold without end, at once', async () => {
    const rows = Array.from({ length: 30 }, (_, row) => {
      const below = row === 0 ? 'x' : `*a${String(row - 1)}`;
      return `a${String(row)}: &a${String(row)} [${Array.from({ length: 10 }, () => below).join()}]`;
    });
    expect(await pathsOf(await send(rows.join('\n')))).toEqual(['']);
  });

  it('refuses what is too large, or not YAML by name', async () => {
    expect((await send(`# ${'x'.repeat(200_000)}`)).status).toBe(413);
    expect((await api.call('POST', '/api/v1/import', { body: {} })).status).toBe(415);
    expect(await pathsOf(await send(file(), '?dryRun=perhaps'))).toEqual(['dryRun']);
    expect(await pathsOf(await send(file(), '?colour=red'))).toEqual(['colour']);
  });
});
