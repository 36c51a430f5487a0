import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { aptDownload } from './apt.ts';
import { findProgram } from './find-program.ts';
import { runCommand } from './run-command.ts';
import type { SetupStep } from './step.ts';

/** The clip's SHA-256, wherever it comes from. */
const CLIP_SHA256 = '45cddc9490be69345cbdab64ca583be65987e864ca408038e648db99e10516cf';
const CLIP_IN_PACKAGE = './usr/share/doc/opencv-doc/examples/data/vtest.avi';
const CLIP_UPSTREAM =
  'https://raw.githubusercontent.com/opencv/opencv/4.6.0/samples/data/vtest.avi';

/** Where the footage lies under a data directory. */
export interface DemoFootage {
  /** OpenCV's `vtest.avi` as it is: 768x576, 795 frames at 10 FPS. */
  readonly clip: string;
  /** The same frames at 30 FPS, H.264, 26.5 s: what the demo camera loops. */
  readonly loop: string;
}

/** Paths of the footage, there or not. */
export function demoFootage(dataDir: string): DemoFootage {
  return { clip: join(dataDir, 'demo', 'vtest.avi'), loop: join(dataDir, 'demo', 'vtest.mp4') };
}

/** Whether the footage is there, whole: each file is put in its place complete. */
export function hasDemoFootage(dataDir: string): boolean {
  const { clip, loop } = demoFootage(dataDir);
  return existsSync(clip) && existsSync(loop);
}

/** Brings the demo footage. Lookout runs without it, so its lack is told and does not stop set-up. */
export function demoFootageStep(dataDir: string, say: (line: string) => void): SetupStep {
  return {
    name: 'demo footage',
    needed: () =>
      hasDemoFootage(dataDir) ? undefined : 'getting the clip and making a 30 fps loop of it',
    run: async (signal) => {
      try {
        await ensureDemoFootage(dataDir, signal);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        if (!signal.aborted) say(`demo footage: going on without a demo camera (${reason})`);
      }
    },
  };
}

/**
 * Brings what is missing of the footage.
 * @throws Error when the clip can be had from nowhere or is not the one that was meant
 */
export async function ensureDemoFootage(dataDir: string, signal?: AbortSignal): Promise<void> {
  const { clip, loop } = demoFootage(dataDir);
  const folder = join(dataDir, 'demo');
  await mkdir(folder, { recursive: true });
  const draft = await mkdtemp(join(folder, '.getting-'));
  try {
    if (!existsSync(clip)) {
      const got = join(draft, 'vtest.avi');
      await getClip(got, draft, signal);
      await rename(got, clip);
    }
    if (!existsSync(loop)) {
      const made = join(draft, 'vtest.mp4');
      await makeLoop(clip, made, signal);
      await rename(made, loop);
    }
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function getClip(file: string, draft: string, signal?: AbortSignal): Promise<void> {
  try {
    await getFromDebian(file, draft);
  } catch {
    signal?.throwIfAborted();
    await getFromUpstream(file, signal);
  }
  const sum = createHash('sha256');
  await pipeline(createReadStream(file), sum);
  const found = sum.digest('hex');
  if (found !== CLIP_SHA256) throw new Error(`the clip's SHA-256 is ${found}, not ${CLIP_SHA256}`);
}

async function getFromDebian(file: string, draft: string): Promise<void> {
  if (findProgram('apt-get') === undefined) throw new Error('no apt-get here');
  await aptDownload('opencv-doc', draft);
  const archive = (await readdir(draft)).find((name) => name.endsWith('.deb'));
  if (archive === undefined) throw new Error('apt-get downloaded nothing');
  const pick = 'dpkg-deb --fsys-tarfile "$1" | tar -xO "$2" > "$3"';
  await runCommand('/bin/sh', ['-c', pick, 'sh', join(draft, archive), CLIP_IN_PACKAGE, file]);
}

async function getFromUpstream(file: string, signal?: AbortSignal): Promise<void> {
  const patience = AbortSignal.timeout(120_000);
  const answer = await fetch(CLIP_UPSTREAM, {
    signal: signal === undefined ? patience : AbortSignal.any([signal, patience]),
  });
  if (!answer.ok || answer.body === null) {
    throw new Error(`${CLIP_UPSTREAM} answered ${String(answer.status)}`);
  }
  await pipeline(Readable.fromWeb(answer.body), createWriteStream(file));
}

/** A whole number of frames, a key frame each second and none out of order: it loops without a seam. */
async function makeLoop(clip: string, file: string, signal?: AbortSignal): Promise<void> {
  const pace = ['-vf', 'setpts=N/(30*TB),fps=30'];
  const h264 = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '21', '-g', '30', '-bf', '0'];
  const rest = ['-pix_fmt', 'yuv420p', '-movflags', '+faststart', '-an', '-y', file];
  await runCommand('ffmpeg', ['-v', 'error', '-nostdin', '-i', clip, ...pace, ...h264, ...rest], {
    signal,
  });
}
