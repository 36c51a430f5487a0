import { execFile, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';

const SUBJECT = '/CN=A site of its own';
const FIXTURE = join(import.meta.dirname, 'trust-system-certificates.fixture.ts');

let folder: string;
let server: Server;
let url: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lookout-trust-'));
  const [key, cert] = ['key.pem', 'cert.pem'].map((name) => join(folder, name)) as [string, string];
  const options = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  const names = ['-subj', SUBJECT, '-addext', 'subjectAltName=IP:127.0.0.1'];
  execFileSync(
    'openssl',
    ['req', ...options, ...names, '-days', '1', '-keyout', key, '-out', cert],
    {
      stdio: 'ignore',
    },
  );
  server = createServer({ key: await readFile(key), cert: await readFile(cert) }, (_, response) => {
    response.writeHead(204).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `https://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
});

afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

async function ask(machineTrusts: Record<string, string>): Promise<string> {
  // Where OpenSSL, and so Node on Linux, finds what the machine trusts.
  const { stdout } = await promisify(execFile)(process.execPath, [FIXTURE, url], {
    env: machineTrusts,
  });
  return stdout.trim();
}

it('trusts an authority that the machine trusts, and no other', async () => {
  expect(await ask({ SSL_CERT_FILE: join(folder, 'cert.pem') })).toBe('204');
  expect(await ask({})).toMatch(/self-signed certificate/);
});
