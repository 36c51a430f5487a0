import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CameraStatus } from '@lookout/contracts';
import { hostClock } from '@lookout/host';
import { sleep } from '@lookout/timing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  EVENTS_REPOSITORY,
  type EventsRepository,
  type StoredEvent,
} from '../events/events.repository.ts';
import { makeSite, type RunningApi, type Site, startApi } from '../running-api.ts';

interface Media {
  readonly schema: object;
  readonly example?: unknown;
}

interface Operation {
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, Media>> }>
  >;
  readonly parameters?: readonly { in: string; name: string; example?: string }[];
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

let site: Site;
let api: RunningApi;
let document: Document;

beforeAll(async () => {
  site = await makeSite();
  // An admin token of the site's own must be there before a token can be revoked.
  await (await startApi(site)).stop();
  api = await startApi(site, { LOOKOUT_ADMIN_TOKEN: 'the-admin-token-of-this-installation' });
  document = (await (await api.call('GET', '/api/openapi.json')).json()) as Document;
});

afterAll(async () => {
  await api.stop();
  await site.remove();
});

/** The camera of the examples, with a picture. */
async function liveGate(): Promise<void> {
  if ((await api.call('GET', '/api/v1/cameras/gate')).status === 404) {
    const body = { name: 'Gate', source: { type: 'test' }, frame: { width: 320 } };
    const made = await api.call('POST', '/api/v1/cameras', { body });
    expect(made.headers.get('location')).toBe('/api/v1/cameras/gate');
  }
  for (;;) {
    const answer = await api.call('GET', '/api/v1/cameras/gate/status');
    if (((await answer.json()) as CameraStatus).state === 'live') return;
    await sleep(hostClock(), 50);
  }
}

/** An event of that camera with its picture, kept as the recorder would. */
async function keptEvent(): Promise<string> {
  const at = Date.now();
  const best = { epoch: 1, sequence: 3, at, confidence: 0.9 };
  const event: StoredEvent = {
    ...{ id: `example-${String(at)}`, cameraId: 'gate', label: 'person', state: 'ended', best },
    ...{ startedAt: at, lastSeenAt: at, endedAt: at, maxCount: 1, results: 3, gaps: [] },
    snapshot: { frame: null, capturedAt: at, confidence: 0.9, detections: [] },
  };
  const repository = api.app.get<EventsRepository>(EVENTS_REPOSITORY);
  await repository.keep({ memories: new Map(), events: [event], turns: [] });
  const picture = await api.call('GET', '/api/v1/cameras/gate/snapshot.jpg');
  const folder = join(site.root, 'data', 'events');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${event.id}.jpg`), await picture.bytes());
  return event.id;
}

/** Something of a collection, made by the example of its own. */
async function member(collection: string): Promise<string> {
  if (collection.endsWith('/cameras')) return 'gate';
  if (collection.endsWith('/events')) return keptEvent();
  const body = Object.values(document.paths[collection]?.['post']?.requestBody?.content ?? {})[0];
  const made = await api.call('POST', collection, { body: body?.example });
  return ((await made.json()) as { id: string }).id;
}

/** A delivery of the webhook in the path, in its place. */
async function withDelivery(path: string): Promise<string> {
  const at = path.indexOf('/deliveries/{deliveryId}');
  if (at < 0) return path;
  const made = await api.call('POST', `${path.slice(0, at)}/test`);
  return path.replace('{deliveryId}', ((await made.json()) as { id: string }).id);
}

async function addressOf(path: string, operation: Operation): Promise<string> {
  const at = path.indexOf('/{id}');
  const filled = await withDelivery(
    at < 0 ? path : path.replace('{id}', await member(path.slice(0, at))),
  );
  const query = new URLSearchParams();
  for (const parameter of operation.parameters ?? []) {
    if (parameter.in !== 'query' || parameter.example === undefined) continue;
    query.set(parameter.name, parameter.example);
  }
  return query.size === 0 ? filled : `${filled}?${query.toString()}`;
}

/** A schema of the document that can check an answer. */
function checkerOf(schema: object): z.ZodType {
  const text = JSON.stringify({ ...schema, $defs: document.components.schemas });
  const whole = JSON.parse(
    text.replaceAll('#/components/schemas/', '#/$defs/'),
  ) as z.core.JSONSchema.JSONSchema;
  return z.fromJSONSchema(whole);
}

/** Of an answer that may go on for ever. */
async function firstBytes(answer: Response): Promise<number> {
  const body = (answer.body ?? []) as AsyncIterable<Uint8Array>;
  for await (const bytes of body) return bytes.byteLength;
  return 0;
}

async function send(method: string, path: string, operation: Operation): Promise<void> {
  await liveGate();
  const bodies = Object.entries(operation.requestBody?.content ?? { '': undefined });
  for (const [type, media] of bodies) {
    const answer = await api.call(method.toUpperCase(), await addressOf(path, operation), {
      body: media?.example,
      headers: type === '' ? {} : { 'content-type': type },
    });
    const [status = '', expected] =
      Object.entries(operation.responses).find(([code]) => code.startsWith('2')) ?? [];
    if (String(answer.status) !== status) expect(await answer.text()).toBe(`a ${status}`);
    const [wanted, described] = Object.entries(expected?.content ?? {})[0] ?? [];
    if (wanted === undefined || described === undefined) {
      expect(await answer.text()).toBe('');
      continue;
    }
    expect(answer.headers.get('content-type')).toContain(wanted);
    if (wanted !== 'application/json') expect(await firstBytes(answer)).toBeGreaterThan(0);
    else checkerOf(described.schema).parse(await answer.json());
  }
}

describe('every example of the OpenAPI document', () => {
  it('does what is described', async () => {
    const failures: string[] = [];
    let sent = 0;
    for (const [path, operations] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(operations)) {
        sent += 1;
        await send(method, path, operation).catch((error: unknown) => {
          failures.push(`${method} ${path}: ${String(error)}`);
        });
      }
    }
    expect(failures).toEqual([]);
    expect(sent).toBeGreaterThan(12);
  });

  it('is checked by schemas that refuse something else', () => {
    const schema = { $ref: '#/components/schemas/Camera' };
    expect(checkerOf(schema).safeParse({ id: 'gate' }).success).toBe(false);
  });
});
