import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { create } from 'tar';

/** A package registry on this machine that knows one package. */
export interface Registry {
  readonly url: string;
  /** Bytes of the package's tarball as they are sent; a test may change them. */
  tarball: Buffer;
  readonly integrity: string;
  readonly sha256: string;
  /** How often the tarball was asked for. */
  downloads: number;
  /** Sends half of the tarball and then nothing more, when set. */
  stuck: boolean;
  close(): Promise<void>;
}

/** Serves version 1.0.0 of the package `colours` with these files in its folder `model`. */
export async function openRegistry(
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<Registry> {
  const tarball = await pack(files);
  const server = createServer((request, response) => {
    if (request.url?.endsWith('.tgz') === true) {
      registry.downloads += 1;
      const { tarball: bytes, stuck } = registry;
      response.writeHead(200, { 'content-length': bytes.length });
      if (stuck) response.write(bytes.subarray(0, bytes.length >> 1));
      else response.end(bytes);
      return;
    }
    const dist = { tarball: `${registry.url}colours-1.0.0.tgz`, integrity: registry.integrity };
    const version = { name: 'colours', version: '1.0.0', dist };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify({
        name: 'colours',
        'dist-tags': { latest: '1.0.0' },
        versions: { '1.0.0': version },
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const registry: Registry = {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`,
    tarball,
    integrity: `sha512-${createHash('sha512').update(tarball).digest('base64')}`,
    sha256: createHash('sha256').update(tarball).digest('hex'),
    downloads: 0,
    stuck: false,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
  return registry;
}

async function pack(files: Readonly<Record<string, string | Uint8Array>>): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'registry-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      await writeFile(join(folder, name), content);
    }
    const parts: Buffer[] = [];
    const options = { cwd: folder, gzip: true, prefix: 'package/model', portable: true };
    for await (const part of create(options, Object.keys(files))) parts.push(part);
    return Buffer.concat(parts);
  } finally {
    await rm(folder, { recursive: true });
  }
}
