import type { Camera, CameraStatus } from '@lookout/contracts';
import { hostClock } from '@lookout/host';
import { sleep } from '@lookout/timing';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeSite, type RunningApi, type Site, startApi } from '../running-api.ts';
import { bodyOf, hostile, type JsonSchema, pathId } from './arbitrary.ts';

/** Of each operation, however many there are. */
const LONGEST_MS = 1000;
/** However slow the machine is. */
const FEWEST = 25;
/** Takes seconds and starts processes by design; its body is that of a camera. */
const PROBE = '/api/v1/cameras/probe';
const IMPORT = '/api/v1/import';

interface Media {
  readonly schema: JsonSchema;
  readonly example?: unknown;
}

interface Operation {
  readonly requestBody?: {
    readonly content: Readonly<Record<string, Media>>;
  };
  readonly responses: Readonly<Record<string, unknown>>;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> };
}

interface Frame {
  readonly epoch: number;
  readonly sequence: number;
}

let site: Site;
let api: RunningApi;
let document: Document;
let gate: Camera;
/** The newest frame before anything strange was sent. */
let before: Frame;

async function gateStatus(): Promise<CameraStatus> {
  return (await (await api.call('GET', '/api/v1/cameras/gate/status')).json()) as CameraStatus;
}

async function gateFrame(): Promise<Frame> {
  const { headers } = await api.call('GET', '/api/v1/cameras/gate/snapshot.jpg');
  return {
    epoch: Number(headers.get('x-frame-epoch')),
    sequence: Number(headers.get('x-frame-sequence')),
  };
}

beforeAll(async () => {
  site = await makeSite();
  api = await startApi(site);
  document = (await (await api.call('GET', '/api/openapi.json')).json()) as Document;
  const body = { name: 'Gate', source: { type: 'test' }, captureFps: 10, frame: { width: 64 } };
  gate = (await (await api.call('POST', '/api/v1/cameras', { body })).json()) as Camera;
  while ((await gateStatus()).state !== 'live') await sleep(hostClock(), 50);
  before = await gateFrame();
});

afterAll(async () => {
  await api.stop();
  await site.remove();
});

function operations(): [string, string, Operation][] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, string, Operation] => [
      method.toUpperCase(),
      path,
      operation,
    ]),
  );
}

/** What an answer must be, whatever was asked. */
async function checkAnswer(answer: Response, { responses }: Operation): Promise<void> {
  const { status } = answer;
  const isForeseen = status === 503 && '503' in responses;
  if (status >= 500 && !isForeseen)
    expect(`${String(status)}: ${await answer.text()}`).toBe('no 5xx');
  expect(responses).toHaveProperty(status === 405 ? 'default' : String(status));
  if (status >= 400) {
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(await answer.json()).toMatchObject({ status, title: expect.any(String) as string });
    return;
  }
  await answer.arrayBuffer();
}

/** The text of a body: JSON, YAML where that is wanted (JSON is YAML too), or nothing of the kind. */
function textOf({ schema, example }: Media): fc.Arbitrary<string> {
  const body = bodyOf(schema, document.components.schemas).map(quiet);
  const json = body.map((value) => JSON.stringify(value));
  return fc.oneof(
    { arbitrary: json, weight: 10 },
    { arbitrary: fc.constant(JSON.stringify(quiet(example))), weight: 2 },
    { arbitrary: fc.string(), weight: 1 },
  );
}

/** The text of a file of cameras that may be odd; nothing else gets far enough to be interesting. */
function fileOf(): fc.Arbitrary<string> {
  const camera = bodyOf({ $ref: 'NewCamera' }, document.components.schemas);
  const cameras = fc.oneof(
    { arbitrary: fc.array(camera), weight: 8 },
    { arbitrary: hostile, weight: 1 },
  );
  return cameras.map((found) =>
    JSON.stringify({ format: 'lookout-cameras', version: 1, cameras: found }),
  );
}

/** A camera that would be made does not start: this is about what is sent, not about decoders. */
function quiet(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('source' in body)) return body;
  return Object.fromEntries([...Object.entries(body), ['enabled', false]]);
}

function textFor(path: string, media: Media): fc.Arbitrary<string> {
  if (path === PROBE) return hostile.map((value) => JSON.stringify(value));
  return path === IMPORT ? fc.oneof(fileOf(), textOf(media)) : textOf(media);
}

function count(what: string): void {
  answers.set(what, (answers.get(what) ?? 0) + 1);
}

function addressOf(path: string): fc.Arbitrary<string> {
  if (!path.includes('{id}')) return fc.constant(path);
  return pathId.map((id) => path.replace('{id}', id));
}

async function assertAll(
  ms: number,
  requests: fc.Arbitrary<readonly [string, string | undefined]>,
  check: (path: string, body: string | undefined) => Promise<void>,
): Promise<void> {
  const end = performance.now() + ms;
  let runs = 0;
  const property = fc.asyncProperty(requests, async ([path, body]) => {
    runs += 1;
    if (runs <= FEWEST || performance.now() < end) await check(path, body);
  });
  await fc.assert(property, { numRuns: 100 });
}

/** How often what was answered, for a test that can tell whether it tried both good and bad. */
const answers = new Map<string, number>();

describe('the REST interface, whatever it is sent', () => {
  it('answers every body as described', { timeout: 180_000 }, async () => {
    const victim = { name: 'Victim', enabled: false, source: { type: 'test' } };
    expect((await api.call('POST', '/api/v1/cameras', { body: victim })).status).toBe(201);
    for (const [method, path, operation] of operations()) {
      for (const [type, media] of Object.entries(operation.requestBody?.content ?? {})) {
        const text = textFor(path, media);
        // Also one that is there, so that the body itself is looked at.
        const address =
          path === IMPORT
            ? fc.constant(`${path}?dryRun=true`)
            : fc.oneof(fc.constant(path.replace('{id}', 'victim')), addressOf(path));
        await assertAll(LONGEST_MS, fc.tuple(address, text), async (where, body) => {
          const headers = { 'content-type': type };
          const answer = await api.call(method, where, { body, headers });
          count(`${method} ${path} ${String(answer.status)}`);
          const made = answer.headers.get('location');
          await checkAnswer(answer, operation);
          if (made !== null) await api.call('DELETE', made);
        });
      }
    }
  });

  it('tried what is accepted as well as what is not', () => {
    for (const route of ['POST /api/v1/cameras', 'PATCH /api/v1/cameras/{id}', `POST ${IMPORT}`]) {
      const good = route === 'POST /api/v1/cameras' ? 201 : 200;
      for (const status of [good, 400]) {
        expect(
          answers.get(`${route} ${String(status)}`),
          `${route} ${String(status)}`,
        ).toBeDefined();
      }
    }
  });

  it('answers every address and query as described', { timeout: 180_000 }, async () => {
    for (const [method, path, operation] of operations()) {
      if (operation.requestBody !== undefined) continue;
      const query = fc.option(fc.webQueryParameters(), { nil: '' });
      const address = fc.tuple(addressOf(path), query).map(([where, asked]) => `${where}?${asked}`);
      const requests = fc.tuple(address, fc.constant(undefined));
      await assertAll(LONGEST_MS / 6, requests, async (where) => {
        await checkAnswer(await api.call(method, where), operation);
      });
    }
  });

  it('loses no camera over it, nor disturbs one', async () => {
    const shown = await api.call('GET', '/api/v1/cameras/gate');
    expect(await shown.json()).toEqual(gate);
    await expect.poll(async () => (await gateStatus()).state).toBe('live');
    const { epoch, sequence } = await gateFrame();
    expect(epoch).toBe(before.epoch);
    expect(sequence).toBeGreaterThan(before.sequence);
    const cameras = (await (await api.call('GET', '/api/v1/cameras')).json()) as Camera[];
    expect(cameras.map(({ id }) => id)).toEqual(expect.arrayContaining(['gate', 'victim']));
  });
});
