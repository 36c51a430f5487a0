import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AddressRules } from './address-rules.ts';
import { type EgressPass, EgressProxy } from './egress-proxy.ts';
import { NamesUnderTest } from './names-under-test.ts';

const run = promisify(execFile);
const names = new NamesUnderTest();
let folder: string;
let picture: Buffer;
let camera: Server;
let port: number;
let proxy: EgressProxy;
let pass: EgressPass;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lookout-egress-'));
  const file = join(folder, 'picture.jpg');
  spawnSync('ffmpeg', ['-f', 'lavfi', '-i', 'testsrc2=s=64x48', '-frames:v', '1', file]);
  picture = readFileSync(file);
  camera = createServer((incoming, response) => {
    if (incoming.url === '/moved') {
      response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data' }).end();
    } else if (incoming.url === '/here') {
      response.writeHead(302, { location: '/picture.jpg' }).end();
    } else {
      response.writeHead(200, { 'content-type': 'image/jpeg' }).end(picture);
    }
  });
  await new Promise<void>((resolve) => camera.listen(0, '127.0.0.1', resolve));
  port = (camera.address() as AddressInfo).port;
  proxy = new EgressProxy(new AddressRules([]), names);
  await proxy.listen();
  pass = proxy.admit();
});

afterAll(async () => {
  await proxy.close();
  camera.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Has ffmpeg read one picture through the proxy. */
async function look(path: string): Promise<string> {
  const { stderr } = await run('ffmpeg', [
    ...['-http_proxy', pass.url, '-protocol_whitelist', 'http,tcp,httpproxy'],
    ...['-f', 'mjpeg', '-i', `http://127.0.0.1:${String(port)}${path}`, '-f', 'null', '-'],
  ]).catch((error: unknown) => error as { stderr: string });
  return stderr;
}

function ask(target: string, headers: Record<string, string>): Promise<number | undefined> {
  const via = new URL(pass.url);
  return new Promise((resolve, reject) => {
    request(
      { host: via.hostname, port: via.port, path: target, headers, agent: false },
      (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      },
    )
      .on('error', reject)
      .end();
  });
}

function tunnel(target: string): Promise<number | undefined> {
  const via = new URL(pass.url);
  const asked = { host: via.hostname, port: via.port, method: 'CONNECT', path: target };
  return new Promise((resolve, reject) => {
    request({ ...asked, headers: credentials(), agent: false })
      .on('connect', (answer, socket) => {
        socket.destroy();
        resolve(answer.statusCode);
      })
      .on('error', reject)
      .end();
  });
}

function credentials(): Record<string, string> {
  const { username, password } = new URL(pass.url);
  const basic = Buffer.from(`${username}:${password}`).toString('base64');
  return { 'proxy-authorization': `Basic ${basic}` };
}

describe('EgressProxy', () => {
  it('lets ffmpeg read a picture, also after a redirect', async () => {
    expect(await look('/picture.jpg')).toMatch(/frame=\s*1/);
    expect(await look('/here')).toMatch(/frame=\s*1/);
  });

  it('does not let ffmpeg follow a redirect to a metadata address', async () => {
    expect(await look('/moved')).toMatch(/403 Forbidden/);
    expect(pass.fault).toMatchObject({
      reason: expect.stringContaining('169.254.169.254') as string,
      needsPerson: true,
    });
  });

  it('refuses forbidden addresses, other protocols, and strangers', async () => {
    const local = `http://127.0.0.1:${String(port)}/picture.jpg`;
    expect(await ask(local, credentials())).toBe(200);
    expect(await ask('http://169.254.169.254/', credentials())).toBe(403);
    expect(await ask('http://[::ffff:169.254.169.254]/', credentials())).toBe(403);
    expect(await ask('ftp://127.0.0.1/x', credentials())).toBe(400);
    expect(await ask(local, {})).toBe(407);
    expect(await ask(local, { 'proxy-authorization': 'Basic eDp5' })).toBe(407);
  });

  it.each([[['169.254.169.254']], [['fe80::1']], [['127.0.0.1', '169.254.169.254']]])(
    'refuses a name that stands for %j',
    async (addresses) => {
      names.answer('camera.test', ['127.0.0.1'], addresses);
      const url = `http://camera.test:${String(port)}/picture.jpg`;
      expect(await ask(url, credentials())).toBe(200);
      expect(await ask(url, credentials())).toBe(403);
      expect(pass.fault).toMatchObject({
        reason: expect.stringMatching(/^camera\.test: .* link-local/) as string,
        needsPerson: true,
      });
    },
  );

  it('refuses it to what is tunnelled too', async () => {
    names.answer('camera.test', ['127.0.0.1'], ['169.254.169.254']);
    const target = `camera.test:${String(port)}`;
    expect(await tunnel(target)).toBe(200);
    expect(await tunnel(target)).toBe(403);
    expect(pass.fault?.reason).toMatch(/^camera\.test: 169\.254\.169\.254 is a link-local/);
  });

  it('says when nobody answers there', async () => {
    expect(await ask('http://127.0.0.1:1/', credentials())).toBe(502);
    expect(pass.fault).toEqual({
      reason: 'Nobody listens at this address (Connection refused)',
      needsPerson: false,
    });
  });

  it('serves a pass no longer than it holds', async () => {
    const held = credentials();
    pass.revoke();
    expect(await ask(`http://127.0.0.1:${String(port)}/picture.jpg`, held)).toBe(407);
  });
});
