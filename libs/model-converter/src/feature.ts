/**
 * A value on its way through the network: square pictures of `channels` channels. TensorFlow keeps
 * them as NHWC, the ONNX graph as NCHW.
 */
export interface Feature {
  /** Its name in the ONNX graph. */
  readonly name: string;
  readonly channels: number;
  /** Side in pixels in the model that is being written. */
  readonly side: number;
  /** Side in pixels in the model that is being read; constants of its graph speak of this one. */
  readonly tracedSide: number;
}

/** Which side of a feature is meant. */
export type Sides = Pick<Feature, 'side' | 'tracedSide'>;

/** Pixels that a window adds before and after. */
export interface Padding {
  readonly before: number;
  readonly after: number;
}

/** TensorFlow's SAME: the output has `ceil(side / stride)` pixels, an odd pixel is added after. */
export function samePadding(side: number, window: number, stride: number): Padding {
  const total = Math.max((Math.ceil(side / stride) - 1) * stride + window - side, 0);
  const before = Math.floor(total / 2);
  return { before, after: total - before };
}

/** Pixels of the output of a window that slides over a padded side. */
export function windowedSide(
  side: number,
  window: number,
  stride: number,
  { before, after }: Padding,
): number {
  return Math.floor((side + before + after - window) / stride) + 1;
}
