import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MediaFiles } from './media-files.ts';

let root = '';
let files: MediaFiles;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'lookout-media-'));
  for (const folder of ['media/sub', 'data/demo', 'elsewhere', 'media-too']) {
    await mkdir(join(root, folder), { recursive: true });
  }
  for (const file of [
    'media/a.mp4',
    'media/both.mp4',
    'data/demo/both.mp4',
    'data/demo/vtest.mp4',
  ]) {
    await writeFile(join(root, file), 'x');
  }
  await writeFile(join(root, 'elsewhere/secret.mp4'), 'x');
  await writeFile(join(root, 'media-too/b.mp4'), 'x');
  await symlink(join(root, 'media/a.mp4'), join(root, 'media/sub/inside.mp4'));
  await symlink(join(root, 'elsewhere/secret.mp4'), join(root, 'media/outside.mp4'));
  await symlink(join(root, 'elsewhere'), join(root, 'media/folder'));
  await symlink(join(root, 'elsewhere/not-yet.mp4'), join(root, 'media/dangling.mp4'));
  await symlink(join(root, 'media/loop-b'), join(root, 'media/loop-a'));
  await symlink(join(root, 'media/loop-a'), join(root, 'media/loop-b'));
  files = new MediaFiles({ mediaDir: join(root, 'media'), dataDir: join(root, 'data') });
});

afterAll(() => rm(root, { recursive: true, force: true }));

describe('MediaFiles', () => {
  it.each([
    ['a.mp4', 'media/a.mp4'],
    ['./sub/../a.mp4', 'media/a.mp4'],
    ['sub/inside.mp4', 'media/a.mp4'],
    ['both.mp4', 'media/both.mp4'],
    ['vtest.mp4', 'data/demo/vtest.mp4'],
  ])('finds %s', async (path, file) => {
    expect(await files.locate(path)).toEqual({ state: 'found', file: join(root, file) });
  });

  it('takes an absolute path that lies inside', async () => {
    const found = await files.locate(join(root, 'media/a.mp4'));
    expect(found.state).toBe('found');
  });

  it.each([
    '../elsewhere/secret.mp4',
    '../media-too/b.mp4',
    '/etc/passwd',
    '..',
    '.',
    'outside.mp4',
    'folder/secret.mp4',
    'folder/not-yet.mp4',
    'dangling.mp4',
    'loop-a',
  ])('does not let %s out', async (path) => {
    expect((await files.locate(path)).state).toBe('outside');
  });

  it('says what is missing or no file', async () => {
    expect(await files.locate('later.mp4')).toEqual({
      state: 'missing',
      reason: 'There is no file "later.mp4"',
    });
    expect(await files.locate('sub')).toEqual({ state: 'missing', reason: '"sub" is not a file' });
  });

  it('does without the folders themselves', async () => {
    const none = new MediaFiles({ mediaDir: join(root, 'no'), dataDir: join(root, 'neither') });
    expect((await none.locate('a.mp4')).state).toBe('missing');
    expect((await none.locate('../a.mp4')).state).toBe('outside');
  });
});
