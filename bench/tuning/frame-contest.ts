import type { Detection } from '@lookout/contracts';
import type { OnnxDetector } from '@lookout/onnx-detector';
import { agreement } from './agreement.ts';
import { type Contender, type ContenderResult, type ContestWish, holdContest } from './contest.ts';
import { measureRepeated } from './measure-repeated.ts';
import { type FrameFormat, sampleFrames, widthOf } from './sample-frames.ts';

const WISH = { minConfidence: 0.4, classes: [] };

/** A camera's `frame` settings; the quantizer is what the capture makes of the quality. */
interface FrameSetting extends FrameFormat {
  readonly quality: number;
}

/** The first is the default. */
const SETTINGS: readonly FrameSetting[] = [
  { width: 640, quality: 80, quantizer: 6 },
  { width: 640, quality: 50, quantizer: 14 },
  { width: 640, quality: 65, quantizer: 10 },
  { width: 640, quality: 90, quantizer: 3 },
  { width: 416, quality: 80, quantizer: 6 },
  { width: 960, quality: 80, quantizer: 6 },
  { width: 1280, quality: 80, quantizer: 6 },
];

/** What the detector sees in each frame. */
export async function seeAll(
  detector: OnnxDetector,
  frames: readonly Buffer[],
): Promise<Detection[][]> {
  const seen: Detection[][] = [];
  for (const frame of frames) seen.push((await detector.detect(frame, WISH)).detections);
  return seen;
}

/**
 * Width and quality of frames: what a frame weighs, how quickly it is decoded and letterboxed, and
 * how far what is seen in it agrees with what is seen in the clip's own pictures.
 */
export async function frameContest(
  clip: string,
  detector: OnnxDetector,
  wish: ContestWish,
): Promise<ContenderResult[]> {
  const full = await widthOf(clip);
  const ideal = await seeAll(detector, await sampleFrames(clip, { width: full, quantizer: 1 }));
  const contenders: Contender[] = [];
  for (const setting of SETTINGS.filter(({ width }, index) => index === 0 || width <= full)) {
    const frames = await sampleFrames(clip, setting);
    const besides = {
      KB: frames.reduce((sum, { length }) => sum + length, 0) / frames.length / 1000,
      agreement: agreement(ideal, await seeAll(detector, frames)),
    };
    let next = 0;
    const once = (): void => {
      const frame = frames[next % frames.length];
      if (frame !== undefined) detector.prepare(frame);
      next += 1;
    };
    contenders.push({
      name: `frames of ${String(setting.width)} pixels, quality ${String(setting.quality)}`,
      measure: async (seconds) => ({ ...(await measureRepeated(seconds, once)), besides }),
    });
  }
  return holdContest('frames', contenders, wish);
}
