import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Lock, tryLock } from '../bootstrap/lock.mjs';
import { StartError } from './start-error.ts';

/**
 * Makes sure that only one Lookout keeps its cameras in this data directory.
 * @throws StartError when another one does, or when it cannot be written to
 */
export function lockDataDir(dataDir: string): Lock {
  try {
    mkdirSync(dataDir, { recursive: true });
    const attempt = tryLock(join(dataDir, 'lookout.lock'));
    if (attempt.release !== undefined) return attempt;
    throw new StartError(
      `Lookout already runs with the data directory ${dataDir} (process ${String(attempt.holder)}): end it, or choose another with LOOKOUT_DATA_DIR`,
    );
  } catch (error) {
    if (error instanceof StartError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(`LOOKOUT_DATA_DIR=${dataDir} cannot be used (${reason})`);
  }
}
