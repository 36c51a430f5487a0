import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { ConfigError } from '@lookout/config';

const KEY_BYTES = 32;
/** What 32 bytes are in base64url. */
const KEY_LINE = /^[\w-]{43}$/;

/**
 * @returns the keys in the order of the file; none when there is no file
 * @throws ConfigError when others can read the file, or a line of it is no key
 */
export function readKeys(file: string): Buffer[] {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError(`The key file ${file} cannot be read: ${reason}`, { cause: error });
  }
  try {
    if ((fstatSync(descriptor).mode & 0o077) !== 0) {
      throw new ConfigError(
        `The key file ${file} may be read by other users: make it yours alone (chmod 600 ${file})`,
      );
    }
    const lines = readFileSync(descriptor, 'utf8').split('\n');
    const keys = lines.flatMap((line, index) => keyOf(line.trim(), index + 1, file));
    if (keys.length > 0) return keys;
    throw new ConfigError(`The key file ${file} holds no key: put back the one that was in it`);
  } finally {
    closeSync(descriptor);
  }
}

/** Makes the file with one new key in it, whole or not at all. @returns the key */
export function writeFirstKey(file: string): Buffer {
  const key = randomBytes(KEY_BYTES);
  const folder = dirname(file);
  const unfinished = `${file}.new-${String(process.pid)}`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(unfinished, `${key.toString('base64url')}\n`, { mode: 0o600, flush: true });
  renameSync(unfinished, file);
  // What is sealed next must not outlive the name of the file after a loss of power.
  const descriptor = openSync(folder, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
  return key;
}

function keyOf(line: string, number: number, file: string): Buffer[] {
  if (line === '' || line.startsWith('#')) return [];
  const key = Buffer.from(line, 'base64url');
  if (KEY_LINE.test(line) && key.length === KEY_BYTES) return [key];
  throw new ConfigError(
    `Line ${String(number)} of the key file ${file} is no key: 32 bytes as base64url are 43 characters`,
  );
}
