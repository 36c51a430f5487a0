/** A picture of several channels, row by row, the channels of a pixel side by side. */
export interface Nhwc {
  readonly side: number;
  readonly channels: number;
  readonly data: Float32Array;
}

/** Makes a picture from what `value` says of each place. */
export function nhwc(
  side: number,
  channels: number,
  value: (y: number, x: number, channel: number) => number,
): Nhwc {
  const data = new Float32Array(side * side * channels);
  let at = 0;
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      for (let c = 0; c < channels; c += 1) data[at++] = value(y, x, c);
    }
  }
  return { side, channels, data };
}

/** The value at a place; outside of the picture `outside`. */
export function at(picture: Nhwc, y: number, x: number, c: number, outside = 0): number {
  const { side, channels, data } = picture;
  if (y < 0 || x < 0 || y >= side || x >= side) return outside;
  return data[(y * side + x) * channels + c] ?? Number.NaN;
}

/** How many pixels TensorFlow puts before a side, written from its documentation. */
function padBefore(side: number, window: number, stride: number, padding: string): number {
  if (padding === 'VALID') return 0;
  const total =
    side % stride === 0 ? Math.max(window - stride, 0) : Math.max(window - (side % stride), 0);
  return Math.floor(total / 2);
}

function sideAfter(side: number, window: number, stride: number, padding: string): number {
  return Math.ceil((padding === 'VALID' ? side - window + 1 : side) / stride);
}

/** A convolution as TensorFlow defines it; the filter is [window, window, in, out]. */
export function convolve(
  input: Nhwc,
  filter: { shape: number[]; data: Float32Array },
  bias: Float32Array,
  { stride = 1, padding = 'SAME' } = {},
): Nhwc {
  const [window = 0] = filter.shape;
  const before = padBefore(input.side, window, stride, padding);
  return nhwc(sideAfter(input.side, window, stride, padding), bias.length, (y, x, o) => {
    let sum = bias[o] ?? 0;
    for (let dy = 0; dy < window; dy += 1) {
      for (let dx = 0; dx < window; dx += 1) {
        for (let i = 0; i < input.channels; i += 1) {
          const weight = filter.data[((dy * window + dx) * input.channels + i) * bias.length + o];
          sum += (weight ?? 0) * at(input, y * stride + dy - before, x * stride + dx - before, i);
        }
      }
    }
    return sum;
  });
}

/** A pool that takes the largest of a window, as TensorFlow defines it. */
export function maxPool(input: Nhwc, window: number, stride: number, padding = 'SAME'): Nhwc {
  const before = padBefore(input.side, window, stride, padding);
  return nhwc(sideAfter(input.side, window, stride, padding), input.channels, (y, x, c) => {
    let largest = -Infinity;
    for (let dy = 0; dy < window; dy += 1) {
      for (let dx = 0; dx < window; dx += 1) {
        const [inY, inX] = [y * stride + dy - before, x * stride + dx - before];
        largest = Math.max(largest, at(input, inY, inX, c, -Infinity));
      }
    }
    return largest;
  });
}

/** 1 / (1 + e^-x) */
export function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
