import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { NODE_FLAGS, SETTING_NAMES } from '@lookout/config';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const ROOT = resolve(import.meta.dirname, '../..');
const FILE = join(ROOT, 'docker/compose.yml');

const serviceSchema = z.strictObject({
  image: z.string().optional(),
  build: z.strictObject({ context: z.string(), dockerfile: z.string() }).optional(),
  profiles: z.array(z.string()).optional(),
  user: z.string().optional(),
  command: z.array(z.string()).optional(),
  depends_on: z
    .record(z.string(), z.strictObject({ condition: z.literal('service_healthy') }))
    .optional(),
  environment: z.record(z.string(), z.string()).optional(),
  ports: z.array(z.string()).optional(),
  volumes: z.array(z.string()).optional(),
  secrets: z.array(z.string()).optional(),
  networks: z.array(z.string()),
  healthcheck: z
    .strictObject({
      test: z.array(z.string()),
      interval: z.string(),
      timeout: z.string(),
      retries: z.int(),
    })
    .optional(),
  cpu_shares: z.int().positive().optional(),
  deploy: z.strictObject({ replicas: z.int() }).optional(),
  read_only: z.literal(true),
  init: z.literal(true),
  restart: z.string(),
  cap_drop: z.tuple([z.literal('ALL')]),
  security_opt: z.array(z.string()),
  tmpfs: z.array(z.string()),
});

const composeSchema = z.strictObject({
  name: z.string(),
  'x-hardened': z.unknown(),
  services: z.record(z.string(), serviceSchema),
  networks: z.record(z.string(), z.strictObject({ internal: z.boolean().optional() })),
  volumes: z.record(z.string(), z.strictObject({})),
  secrets: z.record(z.string(), z.strictObject({ file: z.string() })),
});

const compose = composeSchema.parse(parse(readFileSync(FILE, 'utf8'), { merge: true }));
const services = Object.entries(compose.services);
const hasCompose = spawnSync('docker', ['compose', 'version']).status === 0;

test.runIf(hasCompose)('docker compose accepts the file', () => {
  const { status, stderr } = spawnSync('docker', ['compose', '-f', FILE, 'config', '--quiet'], {
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

test('runs Redis, the api and a worker, and what watches them only when asked', () => {
  const unasked = services.filter(([, { profiles }]) => profiles === undefined);
  expect(unasked.map(([name]) => name)).toEqual(['redis', 'api', 'worker']);
  const asked = services.filter(([, { profiles }]) => profiles?.includes('monitoring') === true);
  expect(asked.map(([name]) => name)).toEqual(['prometheus', 'grafana']);
});

test('mounts files of this folder that are there, and keeps the token that is not in git', () => {
  const mounts = services.flatMap(([, { volumes = [] }]) =>
    volumes.map((mount) => mount.split(':')),
  );
  const files = mounts.flatMap(([from = '']) => (from.startsWith('./') ? [from] : []));
  expect(files.length).toBeGreaterThan(0);
  expect(files.filter((file) => !existsSync(join(dirname(FILE), file)))).toEqual([]);
  const ignored = readFileSync(join(ROOT, '.gitignore'), 'utf8').split('\n');
  expect(compose.secrets['metrics-token']?.file).toContain('./metrics-token');
  expect(ignored).toContain('/docker/metrics-token');
});

test.each(services)('%s names what there is', (_, service) => {
  expect(Object.keys(compose.services)).toEqual(
    expect.arrayContaining(Object.keys(service.depends_on ?? {})),
  );
  expect(Object.keys(compose.networks)).toEqual(expect.arrayContaining(service.networks));
  const named = (service.volumes ?? []).map((volume) => volume.split(':')[0] ?? '');
  const stored = named.filter((source) => !source.startsWith('.'));
  expect(Object.keys(compose.volumes)).toEqual(expect.arrayContaining(stored));
  expect(Object.keys(compose.secrets)).toEqual(expect.arrayContaining(service.secrets ?? []));
  const settings = service.build === undefined ? [] : Object.keys(service.environment ?? {});
  expect(settings.filter((name) => !SETTING_NAMES.includes(name))).toEqual([]);
});

test.each(services)('%s runs without root, and says whether it is well', (_, service) => {
  if (service.build === undefined) {
    expect(service.user).toBeDefined();
    expect(service.healthcheck).toBeDefined();
    return;
  }
  const dockerfile = readFileSync(
    join(dirname(FILE), service.build.context, service.build.dockerfile),
    'utf8',
  );
  const last = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));
  expect(last).toMatch(/^USER node$/m);
  expect(last).toMatch(/^HEALTHCHECK /m);
  const command = JSON.stringify(['node', ...NODE_FLAGS])
    .slice(0, -1)
    .replaceAll(',', ', ');
  expect(last).toContain(`CMD ${command}, `);
});

test.each(services.filter(([, { build }]) => build !== undefined))(
  "%s's image copies what the repository has",
  (_, { build }) => {
    const dockerfile = readFileSync(
      join(dirname(FILE), build?.context ?? '', build?.dockerfile ?? ''),
      'utf8',
    );
    const sources = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].map(
      ([, from]) => from ?? '',
    );
    expect(sources.length).toBeGreaterThan(0);
    expect(sources.filter((source) => !existsSync(join(ROOT, source)))).toEqual([]);
    const apps = [...dockerfile.matchAll(/dist\/apps\/([a-z]+)/g)].map(([, app]) => app ?? '');
    expect(apps.filter((app) => !existsSync(join(ROOT, 'apps', app, 'project.json')))).toEqual([]);
  },
);
