import { spawn } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { childEnvironment } from '@lookout/config';
import type { Source } from '@lookout/contracts';
import type { FfmpegInput } from '../sources/inputs/ffmpeg-input.ts';

/** How much of a source is looked at, from its first key frame on. */
export const SECONDS = 5;
const MOST_BYTES = '48000000';

/** How a recording came to its end. */
export interface Recorded {
  /** What ffmpeg wrote to its error output. */
  readonly words: string;
  /** Whether it was ended because the time was over. */
  readonly late: boolean;
  /** Whether the source answered and said what it has. */
  readonly opened: boolean;
}

/** Every packet needs a time, and not every camera gives one. */
function timed({ type }: Source): readonly string[] {
  return type === 'rtsp' || type === 'http' || type === 'usb'
    ? ['-use_wallclock_as_timestamps', '1']
    : ['-fflags', '+genpts'];
}

/** The first packets of some cameras have no time whatever is asked for: they get one all the same. */
const ALWAYS_TIMED =
  'setts=pts=if(eq(PTS\\,NOPTS)\\,if(eq(DTS\\,NOPTS)\\,N\\,DTS)\\,PTS):' +
  'dts=if(eq(DTS\\,NOPTS)\\,N\\,DTS)';

/**
 * Copies a few seconds of a source into a file, undecoded, so that one connection shows everything.
 * @param file - where to; NUT can hold whatever a camera sends, and is whole up to where it was cut
 * @param limitMs - after which ffmpeg is killed
 */
export function record(
  source: Source,
  input: FfmpegInput,
  file: string,
  limitMs: number,
): Promise<Recorded> {
  return run(
    'ffmpeg',
    [
      ...[
        '-nostdin',
        '-y',
        '-loglevel',
        'error',
        ...timed(source),
        ...input.options,
        '-i',
        input.url,
      ],
      ...[
        '-map',
        '0:v:0',
        '-map',
        '0:a:0?',
        '-c',
        'copy',
        '-bsf:v',
        ALWAYS_TIMED,
        '-t',
        String(SECONDS),
      ],
      ...['-fs', MOST_BYTES, '-flush_packets', '1', '-f', 'nut', file],
    ],
    limitMs,
  ).then(async ({ stderr, late }) => {
    const opened = await stat(file).then(
      ({ size }) => size > 0,
      () => false,
    );
    return { words: stderr.toString(), late, opened };
  });
}

/** What a program wrote. */
export interface Output {
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  readonly late: boolean;
}

/** Runs a program to its end, or kills it when the time is over; never throws. */
export function run(program: string, args: readonly string[], limitMs: number): Promise<Output> {
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: childEnvironment(),
  });
  const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
  let [late, kept] = [false, 0];
  const keep = (into: Buffer[]) => (chunk: Buffer) => {
    kept += chunk.length;
    if (kept < MOST_OUTPUT) into.push(chunk);
  };
  child.stdout.on('data', keep(stdout));
  child.stderr.on('data', keep(stderr));
  const timer = setTimeout(() => {
    late = true;
    child.kill('SIGKILL');
  }, limitMs);
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      resolve({ stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr), late });
    };
    child.on('error', (error) => {
      stderr.push(Buffer.from(error.message));
      done();
    });
    child.on('close', done);
  });
}

const MOST_OUTPUT = 8_000_000;
