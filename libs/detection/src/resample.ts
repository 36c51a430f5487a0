import type { Letterbox } from './letterbox.ts';

/** The grey that YOLOv5 was trained to see around a frame. */
const GREY = 114;

/** Weights are whole numbers of 1/2048 so that the sums stay inside 32 bits: 255 * 2048 * 2048 < 2^30. */
const WEIGHT_BITS = 11;
const HALF = 1 << (2 * WEIGHT_BITS - 1);

/** For each place along one axis: offsets of two neighbours, and the weight of the second. */
interface Axis {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly weight: Int32Array;
}

/**
 * Scales frames of one size into the model's input: 8-bit RGB in, 8-bit RGB out (row by row, three
 * bytes a pixel), bilinear between the nearest four pixels as OpenCV and YOLOv5 do it, grey around.
 * Its tables are made once, for all frames of that size.
 */
export class LetterboxResampler {
  readonly place: Letterbox;
  readonly #columns: Axis;
  readonly #rows: Axis;

  constructor(place: Letterbox) {
    this.place = place;
    this.#columns = axis(place.frame.width, place.width, 3);
    this.#rows = axis(place.frame.height, place.height, place.frame.width * 3);
  }

  /**
   * Fills `input` with the frame and the grey around it.
   * @param rgb - `frame.width * frame.height * 3` bytes
   * @param input - `input * input * 3` bytes
   * @throws RangeError when a buffer is too small
   */
  fill(rgb: Uint8Array, input: Uint8Array): void {
    const { place } = this;
    const stride = place.input * 3;
    if (rgb.length < place.frame.width * place.frame.height * 3) {
      throw new RangeError('the picture has fewer bytes than its size says');
    }
    if (input.length < stride * place.input) {
      throw new RangeError('the input has fewer bytes than its size says');
    }
    input.fill(GREY);
    const { first, second, weight } = this.#rows;
    for (let y = 0; y < place.height; y += 1) {
      const above = first[y] ?? 0;
      const below = second[y] ?? 0;
      const at = (place.top + y) * stride + place.left * 3;
      fillRow(rgb, above, below, weight[y] ?? 0, this.#columns, input, at);
    }
  }
}

function fillRow(
  rgb: Uint8Array,
  above: number,
  below: number,
  lower: number,
  { first, second, weight }: Axis,
  input: Uint8Array,
  start: number,
): void {
  for (let x = 0; x < first.length; x += 1) {
    const left = first[x] ?? 0;
    const right = second[x] ?? 0;
    const a = above + left;
    const b = above + right;
    const c = below + left;
    const d = below + right;
    const at = start + 3 * x;
    const share = weight[x] ?? 0;
    input[at] = blend(rgb[a], rgb[b], rgb[c], rgb[d], share, lower);
    input[at + 1] = blend(rgb[a + 1], rgb[b + 1], rgb[c + 1], rgb[d + 1], share, lower);
    input[at + 2] = blend(rgb[a + 2], rgb[b + 2], rgb[c + 2], rgb[d + 2], share, lower);
  }
}

/** @param share - weight of the right neighbours `b` and `d`; `lower` that of `c` and `d` */
function blend(a = 0, b = 0, c = 0, d = 0, share: number, lower: number): number {
  const top = (a << WEIGHT_BITS) + Math.imul(b - a, share);
  const bottom = (c << WEIGHT_BITS) + Math.imul(d - c, share);
  return ((top << WEIGHT_BITS) + Math.imul(bottom - top, lower) + HALF) >> (2 * WEIGHT_BITS);
}

/** @param step - bytes from one place to the next */
function axis(from: number, to: number, step: number): Axis {
  const first = new Int32Array(to);
  const second = new Int32Array(to);
  const weight = new Int32Array(to);
  for (let index = 0; index < to; index += 1) {
    const centre = Math.min(Math.max(((index + 0.5) * from) / to - 0.5, 0), from - 1);
    const before = Math.floor(centre);
    first[index] = before * step;
    second[index] = Math.min(before + 1, from - 1) * step;
    weight[index] = Math.round((centre - before) * (1 << WEIGHT_BITS));
  }
  return { first, second, weight };
}
