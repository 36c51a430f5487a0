import { closeSync, existsSync, fsyncSync, openSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * An empty file that is there as long as the database knows every epoch that was used. It says so by
 * being there, since on a full disk a file can be deleted and none be made.
 */
export class EpochsMarker {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  get present(): boolean {
    return existsSync(this.#file);
  }

  /** If that cannot be, the next process is careful without need. */
  make(): void {
    try {
      closeSync(openSync(this.#file, 'w', 0o600));
    } catch {
      return;
    }
  }

  /** Kept for good before it returns. */
  remove(): void {
    if (!this.present) return;
    rmSync(this.#file);
    const folder = openSync(dirname(this.#file), 'r');
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
  }
}
