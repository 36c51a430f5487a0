import { type Stats, promises as fs } from 'node:fs';
import { basename, dirname, isAbsolute, join, parse, relative, resolve, sep } from 'node:path';
import type { Config } from '@lookout/config';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '../tokens.ts';

/** Where a file source's path leads. */
export type MediaFile =
  | { readonly state: 'found'; readonly file: string }
  | { readonly state: 'missing'; readonly reason: string }
  | { readonly state: 'outside'; readonly reason: string };

/**
 * The files that cameras may read: those below the media directory, and the demo footage. Links are
 * followed and must end there too.
 */
@Injectable()
export class MediaFiles {
  readonly #folders: readonly string[];

  constructor(@Inject(CONFIG) config: Pick<Config, 'mediaDir' | 'dataDir'>) {
    this.#folders = [config.mediaDir, join(config.dataDir, 'demo')];
  }

  async locate(path: string): Promise<MediaFile> {
    const inside: { folder: string; file: string }[] = [];
    for (const folder of this.#folders) {
      const file = resolve(folder, path);
      if (isBelow(folder, file)) inside.push({ folder, file });
    }
    if (inside.length === 0) return outside;
    let missing: MediaFile = { state: 'missing', reason: `There is no file "${path}"` };
    for (const { folder, file } of inside) {
      const real = await realPath(file);
      const realFolder = (await realPath(folder)).path;
      if (!isBelow(realFolder, real.path)) return outside;
      if (real.stats?.isFile() === true) return { state: 'found', file: real.path };
      if (real.stats) missing = { state: 'missing', reason: `"${path}" is not a file` };
    }
    return missing;
  }
}

/** As the kernel has it. */
const MOST_LINKS = 40;

const outside: MediaFile = { state: 'outside', reason: 'must lie inside the media directory' };

function isBelow(folder: string, file: string): boolean {
  const path = relative(folder, file);
  return path !== '' && path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}

/** Follows links as far as the path exists; the rest of it is taken as it is written. */
async function realPath(path: string, links = 0): Promise<{ path: string; stats?: Stats }> {
  try {
    const real = await fs.realpath(path);
    return { path: real, stats: await fs.stat(real) };
  } catch {
    const parent = dirname(path);
    if (parent === path || links > MOST_LINKS) return { path: parse(path).root };
    const target = await fs.readlink(path).catch(() => undefined);
    if (target !== undefined) return realPath(resolve(parent, target), links + 1);
    const real = await realPath(parent, links);
    return { path: join(real.path, basename(path)) };
  }
}
