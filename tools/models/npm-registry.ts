import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/**
 * The npm registry that this user's npm asks, as `.npmrc` and the environment have it.
 * @returns `undefined` when npm cannot be asked
 */
export async function npmRegistry(): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)('npm', ['config', 'get', 'registry']);
    return URL.parse(stdout.trim())?.href;
  } catch {
    return undefined;
  }
}
