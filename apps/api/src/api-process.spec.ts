import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import { childEnvironment } from '@lookout/config';
import type { ChildMessage, System } from '@lookout/contracts';
import { hostClock } from '@lookout/host';
import { sleep } from '@lookout/timing';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { makeSite, type Site } from './running-api.ts';
import { decodersOf } from './capture/decoders-of.ts';

const project = resolve(import.meta.dirname, '..');
const root = resolve(project, '../..');
const children: ChildProcess[] = [];
let folder = '';
let site: Site;

beforeAll(async () => {
  await mkdir(join(root, 'dist/tests'), { recursive: true });
  // As deep in the checkout as it is shipped: the version and the dashboard are found from there.
  folder = await mkdtemp(join(root, 'dist/tests/api-'));
  const configFile = join(project, 'vite.config.ts');
  await build({ configFile, logLevel: 'error', build: { outDir: folder, sourcemap: false } });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

beforeEach(async () => {
  site = await makeSite();
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await site.remove();
});

interface Api {
  readonly child: ChildProcess;
  readonly said: Promise<ChildMessage>;
  readonly exit: Promise<unknown>;
  readonly output: () => string;
}

function start(environment: Record<string, string | undefined> = {}, args: string[] = []): Api {
  const child = fork(join(folder, 'main.js'), args, {
    cwd: site.root,
    env: childEnvironment({
      ...{ PORT: '0', REDIS_URL: 'redis://127.0.0.1:1', LOG_LEVEL: 'info' },
      ...{ LOOKOUT_ADMIN_TOKEN: undefined, LOOKOUT_DATA_DIR: undefined, ...environment },
    }),
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  children.push(child);
  let output = '';
  const streams = [child.stdout, child.stderr].flatMap((stream) => stream ?? []);
  for (const stream of streams) {
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  }
  return {
    child,
    said: once(child, 'message').then(([message]) => message as ChildMessage),
    exit: once(child, 'exit').then(async ([code, signal]: unknown[]) => {
      await Promise.all(streams.map((stream) => finished(stream)));
      return code ?? signal;
    }),
    output: () => output,
  };
}

async function ready(api: Api): Promise<{ url: string; token: string }> {
  const message = await api.said;
  if (message.type === 'failed') throw new Error(`The api did not start: ${message.reason}`);
  if (message.type !== 'ready') throw new Error(`The api began with "${message.type}"`);
  return { url: message.url ?? '', token: message.newAdminToken ?? '' };
}

/** Has the api keep a token, as the supervisor does once it has shown it. */
async function show(api: Api, token: string): Promise<void> {
  const answer = once(api.child, 'message');
  api.child.send({ type: 'token-shown', token });
  expect((await answer)[0]).toEqual({ type: 'token-kept' });
}

async function addTestCamera({ url, token }: { url: string; token: string }): Promise<void> {
  const answer = await fetch(`${url}/api/v1/cameras`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Test', source: { type: 'test' } }),
  });
  expect(answer.status).toBe(201);
}

async function decoderOf(api: Api): Promise<number> {
  for (;;) {
    const [pid] = await decodersOf(api.child.pid ?? Number.NaN);
    if (pid !== undefined) return pid;
    await sleep(hostClock(), 20);
  }
}

async function isGone(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${String(pid)}/stat`, 'utf8').catch(() => '');
  return stat === '' || stat.includes(') Z ');
}

it('says when it listens, and shows its new token to the supervisor alone', async () => {
  const api = start();
  const { url, token } = await ready(api);
  expect(token).toMatch(/^[\w-]{43}$/);
  await show(api, token);
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  const title = await readFile(`/proc/${String(api.child.pid)}/cmdline`, 'utf8');
  expect(title).toMatch(/^lookout-api/);
  await fetch(`${url}/api/v1/cameras/a/snapshot.jpg?token=${token}`);
  await fetch(`${url}/api/v1/nothing`, { headers: { authorization: `Bearer ${token}` } });
  api.child.kill('SIGTERM');
  expect(await api.exit).toBe(0);
  expect(api.output()).not.toContain(token);
  const again = start();
  expect(await again.said).toEqual({ type: 'ready', url: expect.any(String) as string });
});

it('hears from the supervisor what else runs', async () => {
  const api = start();
  const { url, token } = await ready(api);
  const processes: System['processes'] = [
    {
      name: 'worker-1',
      pid: 7,
      state: 'running',
      startedAt: null,
      restarts: 2,
      lastExit: 'killed',
    },
  ];
  api.child.send({ type: 'processes', processes });
  const headers = { authorization: `Bearer ${token}` };
  for (;;) {
    const system = (await (await fetch(`${url}/api/v1/system`, { headers })).json()) as System;
    if (system.processes.length === 0) continue;
    expect(system).toMatchObject({ processes, redis: { state: 'away' } });
    return;
  }
});

it.each(['SIGTERM', 'SIGINT'] as const)(
  'ends in good order on %s, with its decoders',
  async (sign) => {
    const api = start();
    await addTestCamera(await ready(api));
    const decoder = await decoderOf(api);
    api.child.kill(sign);
    expect(await api.exit).toBe(0);
    expect(await isGone(decoder)).toBe(true);
    expect(await readdir(join(site.root, 'data'))).not.toContain('lookout.db-wal');
  },
);

it('ends when its supervisor is gone', async () => {
  const api = start();
  await ready(api);
  api.child.disconnect();
  expect(await api.exit).toBe(0);
});

it('leaves no decoder behind when it is killed, and loses no camera', async () => {
  const api = start();
  const access = await ready(api);
  await show(api, access.token);
  await addTestCamera(access);
  const decoder = await decoderOf(api);
  api.child.kill('SIGKILL');
  await api.exit;
  while (!(await isGone(decoder))) await sleep(hostClock(), 20);
  const next = start();
  const { url } = await ready(next);
  const headers = { authorization: `Bearer ${access.token}` };
  const cameras = await (await fetch(`${url}/api/v1/cameras`, { headers })).json();
  expect(cameras).toMatchObject([{ id: 'test' }]);
});

it.each([
  ['no Redis', { REDIS_URL: undefined }, /REDIS_URL is not set/],
  ['a bad value', { PORT: 'x' }, /PORT=x/],
  ['an unknown name', { LOOKOUT_COLOUR: 'red' }, /LOOKOUT_COLOUR is not a setting/],
  [
    'a database that is none',
    { DATABASE_URL: 'file:/proc/self/cmdline' },
    /The database .* cannot/,
  ],
  ['another engine', { DATABASE_URL: 'postgres://u:secret@h/d' }, /DATABASE_URL/],
])('stops at once with one clear line for %s', async (_what, environment, line) => {
  const api = start(environment);
  expect(await api.said).toMatchObject({
    type: 'failed',
    reason: expect.stringMatching(line) as string,
  });
  expect(await api.exit).toBe(78);
  expect(api.output().trim().split('\n')).toHaveLength(1);
  expect(api.output()).not.toContain('secret@');
});

it('stops with a clear line when its port is taken', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const api = start({ PORT: String(port) });
  expect(await api.said).toMatchObject({ type: 'failed' });
  expect(await api.exit).toBe(78);
  expect(api.output()).toMatch(/lookout-api cannot start: .*EADDRINUSE/);
  other.close();
});

it('makes a new token when asked to', async () => {
  const api = start();
  const first = await ready(api);
  await show(api, first.token);
  const second = await ready(start({}, ['--new-admin-token']));
  expect(second.token).toMatch(/^[\w-]{43}$/);
  expect(second.token).not.toBe(first.token);
});

async function statusWith(token: string, url: string): Promise<number> {
  const headers = { authorization: `Bearer ${token}` };
  return (await fetch(`${url}/api/v1/session`, { headers })).status;
}

it('makes another token while nobody has seen one', async () => {
  const unseen = start();
  const first = await ready(unseen);
  expect(await statusWith(first.token, first.url)).toBe(200);
  unseen.child.kill('SIGKILL');
  await unseen.exit;
  const second = await ready(start());
  expect(second.token).toMatch(/^[\w-]{43}$/);
  expect(await statusWith(first.token, second.url)).toBe(401);
});

it('keeps the token that a person saw, whichever of its runs made it', async () => {
  const killed = start();
  const { token } = await ready(killed);
  killed.child.kill('SIGKILL');
  await killed.exit;
  const next = start();
  const { url, token: unseen } = await ready(next);
  await show(next, token);
  expect(await statusWith(token, url)).toBe(200);
  expect(await statusWith(unseen, url)).toBe(401);
  const last = await ready(start());
  expect(last.token).toBe('');
  expect(await statusWith(token, last.url)).toBe(200);
});
