import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '@lookout/config';

/** One frame of the demo's clip as a camera's JPEG. */
export function demoFrame(index: number): Buffer {
  const root = join(import.meta.dirname, '../../..');
  const clip = join(readConfig(undefined, root).dataDir, 'demo/vtest.avi');
  const folder = mkdtempSync(join(tmpdir(), 'lookout-frame-'));
  const file = join(folder, 'frame.jpg');
  const pick = `select=eq(n\\,${String(index)}),scale=640:-2`;
  execFileSync('ffmpeg', [
    '-v',
    'error',
    '-i',
    clip,
    '-vf',
    pick,
    '-vframes',
    '1',
    '-q:v',
    '3',
    file,
  ]);
  const bytes = readFileSync(file);
  rmSync(folder, { recursive: true });
  return bytes;
}
