import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type NewCameraInput, newCameraSchema } from '@lookout/contracts';
import { hostClock } from '@lookout/host';
import { sleep } from '@lookout/timing';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { decodersOf } from './decoders-of.ts';
import { ffmpegArguments } from './ffmpeg-arguments.ts';
import { FfmpegFrameSource } from './ffmpeg-frame-source.ts';
import { AddressRules } from '../sources/address-rules.ts';
import { EgressProxy } from '../sources/egress-proxy.ts';
import { fileInput } from '../sources/inputs/file-input.ts';
import { testInput } from '../sources/inputs/test-input.ts';
import { HostNames } from '../sources/host-names.ts';
import { MediaFiles } from '../sources/media-files.ts';
import type { SourceFault } from '../sources/source-fault.ts';
import { SourceInputs } from '../sources/source-inputs.ts';
import type { EncodedFrame, FrameStream } from './frame-source.ts';

const run = promisify(execFile);
const clock = hostClock();
let root = '';
let source: FfmpegFrameSource;
const open: FrameStream[] = [];

/** Makes a clip of `seconds`, with a sound track of another length if asked for. */
async function clip(name: string, seconds: number, soundSeconds?: number): Promise<void> {
  const picture = [
    '-f',
    'lavfi',
    '-i',
    `testsrc2=size=320x180:rate=30:duration=${String(seconds)}`,
  ];
  const sound =
    soundSeconds === undefined
      ? []
      : ['-f', 'lavfi', '-i', `sine=duration=${String(soundSeconds)}`];
  const file = join(root, 'media', name);
  await run('ffmpeg', ['-loglevel', 'error', ...picture, ...sound, '-g', '15', file]);
}

function settings(camera: Omit<NewCameraInput, 'name'>) {
  return newCameraSchema.parse({ name: 'Any', ...camera });
}

function play(camera: Omit<NewCameraInput, 'name'>) {
  const frames: (EncodedFrame & { at: number })[] = [];
  const ended = Promise.withResolvers<SourceFault>();
  const stream = source.open(settings(camera), {
    frame: (frame) => frames.push({ ...frame, at: clock.monotonic() }),
    broken: () => undefined,
    ended: ended.resolve,
  });
  open.push(stream);
  const enough = async (count: number) => {
    while (frames.length < count) await sleep(clock, 20);
  };
  return { frames, ended: ended.promise, stream, enough };
}

const decoders = () => decodersOf(process.pid);

async function signalDecoder(signal: NodeJS.Signals): Promise<void> {
  const [pid] = await decoders();
  if (pid === undefined) throw new Error('No decoder runs');
  process.kill(pid, signal);
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'lookout-ffmpeg-'));
  await mkdir(join(root, 'media'));
  const files = new MediaFiles({ mediaDir: join(root, 'media'), dataDir: join(root, 'data') });
  const rules = new AddressRules([]);
  const names = new HostNames();
  source = new FfmpegFrameSource(
    new SourceInputs(files, rules, new EgressProxy(rules, names), names),
    clock,
  );
  await clip('short clip.mp4', 1);
  await clip('sound.mp4', 1, 3);
  await writeFile(join(root, 'media', 'no-video.mp4'), 'this is not a video');
});

afterEach(async () => {
  await Promise.all(open.splice(0).map((stream) => stream.close()));
});

afterAll(() => rm(root, { recursive: true, force: true }));

describe('FfmpegFrameSource', () => {
  it('plays a test picture of the wanted size', async () => {
    const { frames, enough } = play({ source: { type: 'test' }, frame: { width: 320 } });
    await enough(5);
    expect(frames[0]).toMatchObject({ width: 320, height: 180 });
    const { width, height } = await sharp(frames[0]?.jpeg).metadata();
    expect({ width, height }).toEqual({ width: 320, height: 180 });
    const [first, second] = frames;
    expect(Buffer.compare(first?.jpeg ?? Buffer.of(), second?.jpeg ?? Buffer.of())).not.toBe(0);
  });

  it('plays a file in real time and does not enlarge it', async () => {
    const { frames, enough } = play({ source: { type: 'file', path: 'short clip.mp4' } });
    await enough(151);
    expect(frames[0]).toMatchObject({ width: 320, height: 180 });
    const seconds = ((frames[150]?.at ?? 0) - (frames[0]?.at ?? 0)) / 1000;
    // Five of them, but the first may be seen late.
    expect(seconds).toBeGreaterThan(4);
    const gaps = frames.slice(1, 151).map(({ at }, i) => at - (frames[i]?.at ?? 0));
    // Pictures come every 33 ms, and in a burst after a moment in which the machine was busy.
    expect(gaps.toSorted((one, other) => one - other)[75]).toBeLessThan(45);
  });

  it('makes the picture smaller with an even height', async () => {
    const { frames, enough } = play({ source: { type: 'test' }, frame: { width: 250 } });
    await enough(1);
    expect(frames[0]).toMatchObject({ width: 250, height: 140 });
  });

  it('spends more bytes on more quality', async () => {
    const good = play({ source: { type: 'test' }, frame: { quality: 95 } });
    const poor = play({ source: { type: 'test' }, frame: { quality: 20 } });
    await Promise.all([good.enough(1), poor.enough(1)]);
    const size = ({ frames }: typeof good) => frames[0]?.jpeg.length ?? 0;
    expect(size(good)).toBeGreaterThan(1.5 * size(poor));
  });

  it('ends with a reason when the file is missing, and when it is no video', async () => {
    const missing = play({ source: { type: 'file', path: 'later.mp4' } });
    expect(await missing.ended).toEqual({
      reason: 'There is no file "later.mp4"',
      needsPerson: true,
    });
    const broken = await play({ source: { type: 'file', path: 'no-video.mp4' } }).ended;
    expect(broken.needsPerson).toBe(true);
    expect(broken.reason).toMatch(/Invalid data found/);
  });

  it('leaves no decoder behind, also when it is closed before it began', async () => {
    const early = play({ source: { type: 'test' } });
    await early.stream.close();
    const { stream, enough } = play({ source: { type: 'test' } });
    await enough(1);
    expect(await decoders()).toHaveLength(1);
    expect(await decoders()).toContain(stream.decoderPid);
    await stream.close();
    expect(await decoders()).toHaveLength(0);
    expect(stream.decoderPid).toBeUndefined();
    expect(early.frames).toHaveLength(0);
  });

  it('ends a decoder that does not listen any more', async () => {
    const { stream, enough } = play({ source: { type: 'test' } });
    await enough(1);
    await signalDecoder('SIGSTOP');
    await stream.close();
    expect(await decoders()).toHaveLength(0);
  });

  it('tells when a decoder dies', async () => {
    const { ended, enough } = play({ source: { type: 'test' } });
    await enough(1);
    await signalDecoder('SIGKILL');
    expect(await ended).toEqual({
      reason: 'ffmpeg was killed with signal SIGKILL',
      needsPerson: false,
    });
  });
});

describe('ffmpegArguments', () => {
  /** Moments of the frames that ffmpeg would give, in ms, as fast as it can. */
  async function moments(name: string, captureFps: number, loops: number): Promise<number[]> {
    const camera = settings({ source: { type: 'file', path: name }, captureFps });
    const call = ffmpegArguments(camera, fileInput(join(root, 'media', name)));
    const input = call.inputOptions
      .filter((option) => option !== '-re')
      .map((option, index, all) => (all[index - 1] === '-stream_loop' ? String(loops) : option));
    const output = call.outputOptions
      .slice(0, -2)
      .map((option) => option.replace(/,setpts=N$/, ''));
    const list = [...input, '-i', call.input, ...output, '-f', 'framecrc', '-'];
    const { stdout } = await run('ffmpeg', list);
    const base = /#tb 0: (\d+)\/(\d+)/.exec(stdout);
    const tick = (1000 * Number(base?.[1])) / Number(base?.[2]);
    const lines = stdout.split('\n').filter((line) => line.startsWith('0,'));
    return lines.map((line) => Number(line.split(',')[2]) * tick);
  }

  it.each(['short clip.mp4', 'sound.mp4'])('loops %s without a gap', async (name) => {
    const times = await moments(name, 30, 3);
    expect(times).toHaveLength(120);
    for (const [index, time] of times.entries()) expect(time).toBeCloseTo((index * 1000) / 30, 0);
  });

  it('encodes no more than two and a half times what is wanted, and never less', async () => {
    expect((await moments('short clip.mp4', 5, 3)).length).toBe(50);
    expect((await moments('short clip.mp4', 15, 3)).length).toBe(120);
    expect((await moments('short clip.mp4', 25, 3)).length).toBe(120);
  });

  it('makes a decoder that goes when its reader is killed', async () => {
    const call = ffmpegArguments(settings({ source: { type: 'test' } }), testInput(320, 30));
    const list = [...call.inputOptions, '-i', call.input, ...call.outputOptions, 'pipe:1'];
    const pidFile = join(root, 'pid');
    const script = `
      const { spawn } = require('node:child_process');
      const child = spawn('ffmpeg', ${JSON.stringify(list)}, { stdio: ['pipe', 'pipe', 'pipe'] });
      require('node:fs').writeFileSync(${JSON.stringify(pidFile)}, String(child.pid));
      child.stdout.on('data', () => process.stdout.write('.'));
    `;
    const reader = spawn(process.execPath, ['-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(reader.stdout, 'data');
    const pid = Number(await readFile(pidFile, 'utf8'));
    reader.kill('SIGKILL');
    while (isRunning(pid)) await sleep(clock, 20);
  });
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
