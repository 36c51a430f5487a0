import jpegTurbo from '@julusian/jpeg-turbo';
import type { Size } from '@lookout/detection';

/** A picture that could not be decoded: nothing is known of what it shows. */
export class BadFrame extends Error {
  override readonly name = 'BadFrame';
}

/** A decoded picture; `rgb` belongs to the decoder and is overwritten by the next one. */
export interface DecodedFrame extends Size {
  /** Three bytes a pixel, row by row. */
  readonly rgb: Uint8Array;
}

/** Decodes JPEG pictures into one buffer that is used again as long as it is large enough. */
export class FrameDecoder {
  #buffer: Buffer | undefined;

  /**
   * Decodes one picture.
   * @throws BadFrame when it is not a whole JPEG
   */
  decode(jpeg: Uint8Array): DecodedFrame {
    const source = Buffer.from(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength);
    const { data, width, height } = this.#decompress(source);
    return { rgb: data, width, height };
  }

  #decompress(source: Buffer): jpegTurbo.DecompressReturn {
    const options = { format: jpegTurbo.FORMAT_RGB };
    if (this.#buffer !== undefined) {
      try {
        return jpegTurbo.decompressSync(source, this.#buffer, options);
      } catch {
        // The picture is bad, or larger than the buffer: a fresh buffer tells which.
      }
    }
    try {
      const decoded = jpegTurbo.decompressSync(source, options);
      this.#buffer = decoded.data;
      return decoded;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      // What the library says of bytes that do not even begin as a JPEG does.
      const why = reason === 'No error' ? '' : `: ${reason}`;
      throw new BadFrame(`The frame (${String(source.length)} bytes) is not a whole JPEG${why}`, {
        cause: error,
      });
    }
  }
}
