import type { Letterbox } from './letterbox.ts';

/** The grey that YOLOv5 was trained to see around a frame. */
const GREY = 114;

/** Weights are whole numbers of 1/2048 so that the sums stay inside 32 bits: 255 * 2048 * 2048 < 2^30. */
const ONE = 2048;

/** For each place along one axis: the first of two neighbours, the distance to the second, its weight. */
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
    const rows = this.#rows;
    for (let y = 0; y < place.height; y += 1) {
      const start = (place.top + y) * stride + place.left * 3;
      this.#fillRow(
        rgb,
        input,
        start,
        rows.first[y] ?? 0,
        rows.second[y] ?? 0,
        rows.weight[y] ?? 0,
      );
    }
  }

  #fillRow(
    rgb: Uint8Array,
    input: Uint8Array,
    start: number,
    above: number,
    below: number,
    lower: number,
  ): void {
    const { first, second, weight } = this.#columns;
    const upper = ONE - lower;
    let at = start;
    for (let x = 0; x < first.length; x += 1) {
      const left = first[x] ?? 0;
      const right = second[x] ?? 0;
      const rightWeight = weight[x] ?? 0;
      const leftWeight = ONE - rightWeight;
      for (let channel = 0; channel < 3; channel += 1) {
        const top =
          (rgb[above + left + channel] ?? 0) * leftWeight +
          (rgb[above + right + channel] ?? 0) * rightWeight;
        const bottom =
          (rgb[below + left + channel] ?? 0) * leftWeight +
          (rgb[below + right + channel] ?? 0) * rightWeight;
        input[at] = (top * upper + bottom * lower + (1 << 21)) >> 22;
        at += 1;
      }
    }
  }
}

function axis(from: number, to: number, step: number): Axis {
  const first = new Int32Array(to);
  const second = new Int32Array(to);
  const weight = new Int32Array(to);
  for (let index = 0; index < to; index += 1) {
    const centre = Math.min(Math.max(((index + 0.5) * from) / to - 0.5, 0), from - 1);
    const before = Math.floor(centre);
    first[index] = before * step;
    second[index] = Math.min(before + 1, from - 1) * step;
    weight[index] = Math.round((centre - before) * ONE);
  }
  return { first, second, weight };
}
