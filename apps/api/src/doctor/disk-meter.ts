import { statfs, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '@lookout/config';
import type { Clock } from '@lookout/timing';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, CONFIG } from '../tokens.ts';
import type { SystemFacts } from './diagnosis/facts.ts';

const TRIAL = Buffer.alloc(4096, 'a trial of the disk\n');
/** A memory card is not worn out by asking it; while all is well, seldom is enough. */
const TRIAL_MS = 30_000;

/** Room on the disk of the data folder, and whether the folder takes a file. */
@Injectable()
export class DiskMeter {
  #writtenAt = -Infinity;

  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'dataDir'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async read(): Promise<SystemFacts['disk']> {
    const room = await statfs(this.config.dataDir).catch(() => null);
    const trusted = room !== null && this.clock.monotonic() - this.#writtenAt < TRIAL_MS;
    return {
      bytes: room === null ? null : room.blocks * room.bsize,
      freeBytes: room === null ? null : room.bavail * room.bsize,
      fault: trusted ? null : await this.#tryToWrite(),
    };
  }

  /** Only a write shows that a disk is full, or mounted to be read alone. */
  async #tryToWrite(): Promise<string | null> {
    const file = join(this.config.dataDir, `.doctor-${String(process.pid)}`);
    try {
      await writeFile(file, TRIAL, { mode: 0o600 });
      this.#writtenAt = this.clock.monotonic();
      return null;
    } catch (error) {
      this.#writtenAt = -Infinity;
      return wordsFor(error);
    } finally {
      await unlink(file).catch(() => undefined);
    }
  }
}

function wordsFor(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  const words: Readonly<Record<string, string>> = {
    ENOSPC: 'no room is left on its disk',
    EDQUOT: 'its quota is used up',
    EROFS: 'its disk may only be read',
    EACCES: 'Lookout may not write there',
    EPERM: 'Lookout may not write there',
    ENOENT: 'it is gone',
  };
  return words[code] ?? `the system says ${code}`;
}
