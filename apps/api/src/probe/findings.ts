import { z } from 'zod';
import { run, SECONDS } from './recording.ts';

/** What a recording shows of its source. */
export interface Findings {
  readonly codec: string;
  readonly width: number;
  readonly height: number;
  /** Frames per second as they came; `null` when there were too few. */
  readonly fps: number | null;
  readonly audio: boolean;
  /** As ffmpeg calls it. */
  readonly pixelFormat: string | null;
  readonly interlaced: boolean;
  /** The longest time without a key frame that was seen, seconds. */
  readonly keyGap: number;
  /** Whether a key frame was seen at all. */
  readonly sawKey: boolean;
}

const streamSchema = z.object({
  codec_type: z.string(),
  codec_name: z.string().default('unknown'),
  width: z.int().default(0),
  height: z.int().default(0),
  pix_fmt: z.string().optional(),
  field_order: z.string().default('unknown'),
});

const shownSchema = z.object({
  streams: z.array(streamSchema).default([]),
  packets: z
    .array(
      z.object({
        codec_type: z.string(),
        pts_time: z.string().optional(),
        dts_time: z.string().optional(),
        flags: z.string().default(''),
      }),
    )
    .default([]),
});

const ENTRIES =
  'stream=codec_type,codec_name,width,height,pix_fmt,field_order:' +
  'packet=codec_type,pts_time,dts_time,flags';

/** Looks into a recording; `undefined` when there is no video in it. */
export async function findingsOf(file: string, limitMs: number): Promise<Findings | undefined> {
  const list = ['-v', 'error', '-show_entries', ENTRIES, '-of', 'json', `file:${file}`];
  const { stdout } = await run('ffprobe', list, limitMs);
  return readFindings(stdout.toString());
}

/** Reads what ffprobe shows. */
export function readFindings(json: string): Findings | undefined {
  const shown = shownSchema.safeParse(parse(json));
  const video = shown.data?.streams.find(({ codec_type }) => codec_type === 'video');
  if (shown.data === undefined || video === undefined) return undefined;
  const packets = shown.data.packets
    .filter(({ codec_type }) => codec_type === 'video')
    .map(({ pts_time, dts_time, flags }) => ({
      at: Number(dts_time ?? pts_time),
      key: flags.startsWith('K'),
    }))
    .filter(({ at }) => Number.isFinite(at));
  const keys = packets.filter(({ key }) => key).map(({ at }) => at);
  const [first, last] = [packets[0]?.at ?? 0, packets.at(-1)?.at ?? 0];
  const marks = [first, ...keys, last];
  const gaps = marks.slice(1).map((at, index) => at - (marks[index] ?? at));
  return {
    codec: video.codec_name,
    width: video.width,
    height: video.height,
    fps: rateOf(packets.map(({ at }) => at)),
    audio: shown.data.streams.some(({ codec_type }) => codec_type === 'audio'),
    pixelFormat: video.pix_fmt ?? null,
    interlaced: /^(?:tt|bb|tb|bt)$/.test(video.field_order),
    // A recording begins with a key frame: one that is empty waited for it all the time.
    keyGap: keys.length === 0 ? SECONDS : Math.max(0, ...gaps),
    sawKey: keys.length > 0,
  };
}

/** Per second, without the burst with which a connection begins. */
function rateOf(times: readonly number[]): number | null {
  const settled = times.slice(Math.floor(times.length / 4));
  const [first = 0, last = 0] = [settled[0], settled.at(-1)];
  if (settled.length < 3 || last <= first) return null;
  return Math.round((10 * (settled.length - 1)) / (last - first)) / 10;
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
