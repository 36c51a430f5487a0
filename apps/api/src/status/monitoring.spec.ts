import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Books, cameraStatusSchema, LIVE_NAMESPACE } from '@lookout/contracts';
import { startRedis, type TestRedis } from '@lookout/test-redis';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { startFakeWorker } from '../live/fake-worker.ts';
import { makeSite, type RunningApi, type Site, startApi } from '../running-api.ts';
import { readPage, readQuery } from './promql.ts';

const DOCKER = resolve(import.meta.dirname, '../../../../docker');
const TOKEN = 'a-token-for-tests-of-the-monitoring';
const PATIENCE = { timeout: 20_000, interval: 100 };
/** What Prometheus itself adds. */
const OWN_METRICS = ['up'];
const OWN_LABELS = ['job', 'instance'];

let site: Site;
let redis: TestRedis;
let api: RunningApi;
let worker: ReturnType<typeof startFakeWorker>;
let client: Socket;

/** A whole api with all that its metrics can be about: a camera, a worker, a viewer, a supervisor. */
beforeAll(async () => {
  [site, redis] = await Promise.all([makeSite(), startRedis()]);
  api = await startApi(site, {
    ...{ REDIS_URL: redis.url, LOOKOUT_ADMIN_TOKEN: TOKEN, LOOKOUT_DEMO: 'false' },
  });
  const body = { name: 'Gate', source: { type: 'test' }, captureFps: 20, frame: { width: 160 } };
  expect((await api.call('POST', '/api/v1/cameras', { body })).status).toBe(201);
  await api.call('PATCH', '/api/v1/cameras/gate', { body: { captureFps: 25 } });
  worker = startFakeWorker(redis.url);
  client = io(`${api.url}${LIVE_NAMESPACE}`, { auth: { token: TOKEN } });
  client.on('frame', (_meta, _jpeg, ack: (words: object) => void) => {
    ack({ drawnAfterMs: 0 });
  });
  await client.emitWithAck('watch', { cameraId: 'gate' });
  const supervised = { name: 'worker', pid: 7, state: 'running', startedAt: null };
  const processes = [{ ...supervised, restarts: 1, lastExit: null }];
  process.emit('message', { type: 'processes', processes }, undefined);
});

afterAll(async () => {
  client.disconnect();
  await worker.stop();
  await api.stop();
  await redis.stop();
  await site.remove();
});

async function page() {
  return readPage(await (await api.call('GET', '/metrics')).text());
}

async function books(): Promise<Books | null> {
  const answer = await api.call('GET', '/api/v1/cameras/gate/status');
  return cameraStatusSchema.parse(await answer.json()).books;
}

/** The detector's books as one scrape has them. */
async function scrapedBooks(): Promise<Record<string, number>> {
  const series = (await page()).filter(({ labels }) => labels.get('consumer') === 'detector');
  return Object.fromEntries(
    series.map(({ metric, value }) => [metric.replace(/^lookout_frames_|_total$/g, ''), value]),
  );
}

const panelSchema = z.object({
  title: z.string(),
  description: z.string().min(1),
  targets: z.array(z.object({ expr: z.string(), legendFormat: z.string() })).min(1),
});
const dashboardSchema = z.object({
  panels: z.array(panelSchema).min(10),
  templating: z.object({ list: z.array(z.object({ name: z.string(), query: z.unknown() })) }),
});
const rulesSchema = z.object({
  groups: z.array(
    z.object({
      rules: z.array(
        z.object({
          alert: z.string(),
          expr: z.string(),
          for: z.string().optional(),
          labels: z.object({ severity: z.enum(['warning', 'critical']) }),
          annotations: z.object({ summary: z.string(), description: z.string() }),
        }),
      ),
    }),
  ),
});

const read = (file: string) => readFileSync(join(DOCKER, file), 'utf8');
const dashboard = dashboardSchema.parse(JSON.parse(read('grafana/dashboard.json')));
const alerts = rulesSchema
  .parse(parse(read('prometheus/alerts.yml')))
  .groups.flatMap(({ rules }) => rules);

/** Every query in the files, with the labels that the words beside it put in. */
const queries: [name: string, query: string, spoken: string[]][] = [
  ...dashboard.panels.flatMap(({ title, targets }) =>
    targets.map(({ expr, legendFormat }): [string, string, string[]] => [
      `panel "${title}" ${legendFormat}`,
      expr,
      [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label = '']) => label),
    ]),
  ),
  ...alerts.map(({ alert, expr, annotations }): [string, string, string[]] => [
    `alert ${alert}`,
    expr,
    [
      ...Object.values(annotations)
        .join()
        .matchAll(/\$labels\.(\w+)/g),
    ].map(([, label = '']) => label),
  ]),
];

/** What a query names and the page does not show. */
function missingFrom(shown: Awaited<ReturnType<typeof page>>, query: string, spoken: string[]) {
  const { selections, grouping } = readQuery(query);
  const own = (label: string) => OWN_LABELS.includes(label);
  const missing: string[] = [];
  const labels = new Set<string>();
  for (const { metric, matchers } of selections) {
    if (OWN_METRICS.includes(metric)) continue;
    const series = shown.filter((one) => one.metric === metric);
    if (series.length === 0) missing.push(metric);
    for (const one of series) for (const label of one.labels.keys()) labels.add(label);
    for (const { label, values } of matchers.filter((matcher) => !own(matcher.label))) {
      for (const value of values) {
        const fits = series.some(({ labels: its }) =>
          value === '.*' ? its.has(label) : its.get(label) === value,
        );
        if (!fits) missing.push(`${metric}{${label}="${value}"}`);
      }
    }
  }
  const lost = [...grouping, ...spoken].filter((label) => !labels.has(label) && !own(label));
  return [...missing, ...lost.map((label) => `label ${label}`)];
}

describe('the files for Prometheus and Grafana', () => {
  it('ask only for what a running api shows, with labels and values that it has', async () => {
    expect(queries.length).toBeGreaterThan(30);
    await vi.waitFor(async () => {
      const shown = await page();
      const missing = queries.map(([name, query, spoken]) => [
        name,
        missingFrom(shown, query, spoken),
      ]);
      expect(missing.filter(([, lacks]) => lacks?.length !== 0)).toEqual([]);
    }, PATIENCE);
  });

  it('would be found out by this test if they asked for something else', async () => {
    const shown = await page();
    expect(missingFrom(shown, 'rate(lookout_frames_lost_total[1m])', [])).toEqual([
      'lookout_frames_lost_total',
    ]);
    const odd = 'sum by (lens) (lookout_camera_state{state="happy",mood=~"$camera"})';
    expect(missingFrom(shown, odd, ['place'])).toEqual([
      'lookout_camera_state{state="happy"}',
      'lookout_camera_state{mood=".*"}',
      'label lens',
      'label place',
    ]);
    expect(() => readQuery('sum(rate(up[1m])')).toThrow(SyntaxError);
  });

  it('have variables that the dashboard defines', () => {
    const defined = dashboard.templating.list.map(({ name }) => name);
    const used = read('grafana/dashboard.json').matchAll(/\$\{?([a-z]+)\b/g);
    expect([...new Set(Array.from(used, ([, name]) => name))].toSorted()).toEqual(
      defined.toSorted(),
    );
  });

  it('let Prometheus read the rules that are there, with a token', () => {
    expect(parse(read('prometheus/prometheus.yml'))).toMatchObject({
      rule_files: ['alerts.yml'],
      scrape_configs: [{ job_name: 'lookout', authorization: { credentials_file: /^\// } }],
    });
  });
});

describe('the books in the status and in the metrics', () => {
  const sums = (terms: Record<string, number>) => {
    const { offered = 0, delivered = 0, overwritten = 0, expired = 0, waiting = 0 } = terms;
    const { detected = 0, failed = 0, abandoned = 0, processing = 0 } = terms;
    return [
      offered - delivered - overwritten - expired - waiting,
      delivered - detected - failed - abandoned - processing,
    ];
  };
  const GROWING = ['offered', 'delivered', 'overwritten', 'expired', 'detected'] as const;

  it('add up in every reading, and each lies between its neighbours while frames flow', async () => {
    for (let round = 0; round < 20; round += 1) {
      const before = await books();
      const scraped = await scrapedBooks();
      const after = await books();
      if (before === null || after === null) throw new Error('no books');
      expect(sums(scraped)).toEqual([0, 0]);
      for (const term of GROWING) {
        expect(scraped[term]).toBeGreaterThanOrEqual(before[term]);
        expect(scraped[term]).toBeLessThanOrEqual(after[term]);
      }
    }
  });

  it('are the same to the frame when all is still', async () => {
    await api.call('PATCH', '/api/v1/cameras/gate', { body: { enabled: false } });
    await vi.waitFor(async () => {
      const known = await books();
      if (known === null) throw new Error('no books');
      expect(Math.min(known.captured, known.offered)).toBeGreaterThan(0);
      const { id, captured } = known;
      expect({ ...(await scrapedBooks()), id, captured }).toEqual(known);
    }, PATIENCE);
  });
});
