import { isWholeJpeg } from './jpeg.ts';

const BOUNDARY = Buffer.from('--ffmpeg\r\n');
const HEADER_END = Buffer.from('\r\n\r\n');
const LONGEST_HEADER = 512;

/** A picture of 3840 x 2160 at the best quality stays well below. */
const LARGEST_FRAME = 32 * 1024 * 1024;

const EMPTY = Buffer.alloc(0);

/** Whoever gets what is cut. Called in order, within `push`. */
export interface JpegReceiver {
  frame(jpeg: Uint8Array): void;
  /** There was a part that is no frame: its body is no whole JPEG, or larger than any. */
  broken(): void;
}

/**
 * Cuts ffmpeg's `mpjpeg` output into JPEGs by the lengths in it. Whatever is not a part with a true
 * length and a whole JPEG is skipped, and the search goes on right behind the header that lied, so
 * that a frame swallowed by a false length is still found. Each frame is copied once, into memory of
 * its own; no more than one frame and one header are kept between calls.
 */
export class MpjpegSplitter {
  readonly #receiver: JpegReceiver;
  readonly #largest: number;
  /** The beginning of a header, while no body is being read. */
  #head: Buffer = EMPTY;
  #body: Buffer | undefined;
  #filled = 0;

  constructor(receiver: JpegReceiver, largest = LARGEST_FRAME) {
    this.#receiver = receiver;
    this.#largest = largest;
  }

  push(chunk: Uint8Array): void {
    const waiting = [Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      for (const rest of this.#body === undefined ? this.#seek(next) : this.#fill(next)) {
        if (rest.length > 0) waiting.push(rest);
      }
    }
  }

  /** @returns what remains to be read, last first */
  #seek(chunk: Buffer): Buffer[] {
    // A header cut in two is put together with the little that can complete it.
    const kept = this.#head.length;
    const joined =
      kept === 0 ? chunk : Buffer.concat([this.#head, chunk.subarray(0, LONGEST_HEADER)]);
    const beyond = kept === 0 ? EMPTY : chunk.subarray(LONGEST_HEADER);
    this.#head = EMPTY;
    let from = 0;
    for (;;) {
      const start = joined.indexOf(BOUNDARY, from);
      if (start === -1) {
        this.#keep(joined.subarray(Math.max(from, joined.length - BOUNDARY.length + 1)));
        return [beyond];
      }
      const header = joined.subarray(start, start + LONGEST_HEADER);
      const end = header.indexOf(HEADER_END);
      if (end === -1 && header.length < LONGEST_HEADER) {
        this.#keep(header);
        return [beyond];
      }
      const length = end === -1 ? undefined : lengthIn(header.subarray(0, end));
      if (length !== undefined && length <= this.#largest) {
        this.#body = Buffer.allocUnsafeSlow(length);
        this.#filled = 0;
        return [beyond, joined.subarray(start + end + HEADER_END.length)];
      }
      if (length !== undefined) this.#receiver.broken();
      from = start + BOUNDARY.length;
    }
  }

  #fill(chunk: Buffer): Buffer[] {
    const body = this.#body ?? EMPTY;
    const taken = chunk.copy(body, this.#filled, 0);
    this.#filled += taken;
    if (this.#filled < body.length) return [];
    this.#body = undefined;
    const rest = chunk.subarray(taken);
    if (isWholeJpeg(body)) {
      this.#receiver.frame(body);
      return [rest];
    }
    this.#receiver.broken();
    return [rest, body];
  }

  #keep(head: Buffer): void {
    // A copy, so that a few bytes do not hold a whole chunk in memory.
    this.#head = Buffer.from(head);
  }
}

function lengthIn(header: Buffer): number | undefined {
  const digits = /^content-length: *(\d{1,9})\r?$/im.exec(header.toString('latin1'))?.[1];
  const length = Number(digits);
  return length > 0 ? length : undefined;
}
