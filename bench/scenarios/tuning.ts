import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { readCatalog, resolveModel } from '@lookout/model-catalog';
import { OnnxDetector } from '@lookout/onnx-detector';
import { CONTEST_HEADING, type ContenderResult, contestRows } from '../tuning/contest.ts';
import { decoderContest } from '../tuning/decoder-contest.ts';
import { engineContest } from '../tuning/engine-contest.ts';
import { frameContest } from '../tuning/frame-contest.ts';
import { markdownTable } from '../tuning/markdown-table.ts';
import { redisContest } from '../tuning/redis-contest.ts';
import { sampleFrames } from '../tuning/sample-frames.ts';
import type { Outcome, Scenario, Stage } from './scenario.ts';

/** An inference is slow beside all else, and needs so many times longer windows. */
const ENGINE_SHARE = 1 / 2;
const OTHER_SHARE = 1 / 8;

/** The settings that Lookout could have otherwise, each beside its default. */
export const tuning: Scenario = {
  name: 'tuning',
  onlyByName: true,
  about:
    'threads, spinning, priority, sessions, frames, decoders and ways to Redis, each beside the default',
  async play(stage: Stage): Promise<Outcome> {
    const { seconds, windows } = stage.wish;
    const say = (line: string): void => {
      stage.say(line);
    };
    const wish = { windows, say, seconds: (seconds / windows) * OTHER_SHARE };
    const catalog = await readCatalog(join(stage.root, 'models'));
    const { id, file, labels, input } = await resolveModel(catalog);
    const [frame = Buffer.alloc(0)] = await sampleFrames(stage.clip, { width: 640, quantizer: 6 });
    const threads = Math.min(availableParallelism(), 4);
    const detector = await OnnxDetector.load({ file, labels, input, threads });
    const contests: Record<string, ContenderResult[]> = {};
    try {
      contests['redis'] = await redisContest(frame, wish);
      contests['frames'] = await frameContest(stage.clip, detector, wish);
    } finally {
      await detector.release();
    }
    contests['decoder'] = await decoderContest(stage.clip, input, 640, wish);
    contests['wide'] = await decoderContest(stage.clip, input, 1280, wish);
    const patience = { ...wish, seconds: (seconds / windows) * ENGINE_SHARE };
    contests['engine'] = await engineContest(stage, id, patience);
    const table = [CONTEST_HEADING, ...Object.values(contests).flatMap(contestRows)];
    say('as Markdown:');
    for (const line of markdownTable(table)) console.log(line);
    return { table, findings: [], measured: contests };
  },
};
