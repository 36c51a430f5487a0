import { FrameDecoder } from '@lookout/onnx-detector';
import { letterbox, LetterboxResampler } from '@lookout/detection';
import sharp from 'sharp';
import { type Contender, type ContenderResult, type ContestWish, holdContest } from './contest.ts';
import { measureRepeated } from './measure-repeated.ts';
import { sampleFrames } from './sample-frames.ts';

/** The capture's default quality. */
const QUANTIZER = 6;

/**
 * From JPEG to the model's input: decoded whole and scaled by our own resampler, or by sharp, whose
 * libjpeg-turbo leaves pixels out while it decodes where the frame is at least twice the input.
 * (The decoder that Lookout uses has no such setting.)
 */
export async function decoderContest(
  clip: string,
  input: number,
  width: number,
  wish: ContestWish,
): Promise<ContenderResult[]> {
  const frames = await sampleFrames(clip, { width, quantizer: QUANTIZER });
  const decoder = new FrameDecoder();
  const first = decoder.decode(frames[0] ?? Buffer.alloc(0));
  const place = letterbox({ width: first.width, height: first.height }, input);
  const resampler = new LetterboxResampler(place);
  const pixels = new Uint8Array(input * input * 3);
  const whole = (frame: Buffer): void => {
    resampler.fill(decoder.decode(frame).rgb, pixels);
  };
  const scaled = async (frame: Buffer): Promise<void> => {
    const picture = sharp(frame, { sequentialRead: true });
    picture.resize(place.width, place.height, { kernel: 'linear', fit: 'fill' });
    const rgb = await picture.raw().toBuffer();
    pixels.fill(114);
    pixels.set(rgb, place.top * input * 3 + place.left * 3);
  };
  const contender = (name: string, decode: (frame: Buffer) => unknown): Contender => {
    let next = 0;
    return {
      name: `${name}, ${String(width)} pixels`,
      measure: (seconds) =>
        measureRepeated(seconds, () => {
          next += 1;
          return decode(frames[next % frames.length] ?? Buffer.alloc(0));
        }),
    };
  };
  const contenders = [
    contender('decoded whole, own resampler', whole),
    contender('decoded and scaled by sharp', scaled),
  ];
  return holdContest(`decoder, ${String(width)} pixels`, contenders, wish);
}
