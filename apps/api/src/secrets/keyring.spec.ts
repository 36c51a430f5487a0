import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from '@lookout/config';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Keyring } from './keyring.ts';

let folder = '';
let file = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lookout-keys-'));
  file = join(folder, 'data', 'secrets.key');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe('Keyring', () => {
  it('makes a key file for its owner alone, when something is sealed first', async () => {
    const keys = new Keyring(file);
    await expect(stat(file)).rejects.toThrow(/ENOENT/);
    const sealed = keys.seal('a secret', 'camera gate');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(join(folder, 'data'))).toEqual(['secrets.key']);
    expect(new Keyring(file).open(sealed, 'camera gate')).toBe('a secret');
    expect(sealed.box).not.toContain(Buffer.from('a secret').toString('base64url'));
    expect(keys.seal('a secret', 'camera gate').box).not.toBe(sealed.box);
  });

  it('opens nothing that was changed, moved, or sealed with another key', () => {
    const keys = new Keyring(file);
    const sealed = keys.seal('a secret', 'camera gate');
    expect(keys.open(sealed, 'camera door')).toBeUndefined();
    const bytes = Buffer.from(sealed.box, 'base64url');
    for (const index of [0, 12, bytes.length - 1]) {
      const changed = Buffer.from(bytes);
      changed[index] = (changed[index] ?? 0) ^ 1;
      const box = changed.toString('base64url');
      expect(keys.open({ ...sealed, box }, 'camera gate')).toBeUndefined();
    }
    expect(keys.open({ ...sealed, box: 'AAAA' }, 'camera gate')).toBeUndefined();
    const other = new Keyring(join(folder, 'other.key'));
    other.seal('x', 'y');
    expect(other.open(sealed, 'camera gate')).toBeUndefined();
  });

  it('seals with the first key and opens with any', async () => {
    const before = new Keyring(file).seal('a secret', 'camera gate');
    new Keyring(join(folder, 'new.key')).seal('x', 'y');
    const [fresh, old] = [await readFile(join(folder, 'new.key')), await readFile(file)];
    await writeFile(file, `# since today\n${String(fresh)}\n${String(old)}`);
    const keys = new Keyring(file);
    expect(keys.open(before, 'camera gate')).toBe('a secret');
    const after = keys.seal('a secret', 'camera gate');
    expect(after.key).not.toBe(before.key);
    expect(after.key).toBe(keys.first);
  });

  it('does not write over a key file that was put back meanwhile', () => {
    const early = new Keyring(file);
    const sealed = new Keyring(file).seal('a secret', 'camera gate');
    expect(early.seal('another', 'camera gate').key).toBe(sealed.key);
    expect(new Keyring(file).open(sealed, 'camera gate')).toBe('a secret');
  });

  it.each([0o640, 0o604, 0o666])('refuses a file that others may read: %o', async (mode) => {
    new Keyring(file).seal('x', 'y');
    await chmod(file, mode);
    expect(() => new Keyring(file)).toThrow(ConfigError);
    expect(() => new Keyring(file)).toThrow(/^The key file [^\n]+chmod 600 [^\n]+$/);
  });

  it.each([
    ['nothing', '', /holds no key/],
    ['a short line', 'AAAA\n', /^Line 1 of the key file [^\n]+$/],
    ['a long line', `# key\n${'A'.repeat(44)}\n`, /^Line 2 of/],
  ])('refuses a file with %s, and does not repeat it', async (_what, text, message) => {
    new Keyring(file).seal('x', 'y');
    await writeFile(file, text);
    expect(() => new Keyring(file)).toThrow(ConfigError);
    expect(() => new Keyring(file)).toThrow(message);
    expect(() => new Keyring(file)).not.toThrow(/AAAA/);
  });
});
