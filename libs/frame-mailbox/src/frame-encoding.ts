import type { Frame } from '@lookout/contracts';

const MAGIC = 0x4c4b4652; // "LKFR"
const VERSION = 1;
const FIXED_BYTES = 48;
const HOST_BYTES_MOST = 255;

/**
 * A frame as the mailbox keeps it, all numbers big-endian: magic "LKFR" (4 bytes), version (2), length
 * of the header (2), epoch (8), sequence (8), capturedAt and capturedMonotonic (8 each, floating),
 * width (4), height (4), host in UTF-8 up to the end of the header; then the JPEG. The camera is
 * named by the key.
 * @throws RangeError when a field does not fit
 */
export function encodeFrame(frame: Frame): Buffer {
  const host = Buffer.from(frame.host, 'utf8');
  if (host.length > HOST_BYTES_MOST) throw new RangeError('the id of the host is too long');
  const encoded = Buffer.allocUnsafe(FIXED_BYTES + host.length + frame.jpeg.length);
  encoded.writeUInt32BE(MAGIC, 0);
  encoded.writeUInt16BE(VERSION, 4);
  encoded.writeUInt16BE(FIXED_BYTES + host.length, 6);
  encoded.writeBigUInt64BE(BigInt(frame.epoch), 8);
  encoded.writeBigUInt64BE(BigInt(frame.sequence), 16);
  encoded.writeDoubleBE(frame.capturedAt, 24);
  encoded.writeDoubleBE(frame.capturedMonotonic, 32);
  encoded.writeUInt32BE(frame.width, 40);
  encoded.writeUInt32BE(frame.height, 44);
  host.copy(encoded, FIXED_BYTES);
  encoded.set(frame.jpeg, FIXED_BYTES + host.length);
  return encoded;
}

/**
 * Reads what `encodeFrame` wrote; the JPEG is a view of `encoded`, not a copy.
 * @throws RangeError when these bytes are not a frame of a version that is known here
 */
export function decodeFrame(cameraId: string, encoded: Buffer): Frame {
  if (encoded.length < FIXED_BYTES || encoded.readUInt32BE(0) !== MAGIC) {
    throw new RangeError('not a frame');
  }
  const version = encoded.readUInt16BE(4);
  if (version !== VERSION) throw new RangeError(`frame of unknown version ${String(version)}`);
  const headerLength = encoded.readUInt16BE(6);
  if (headerLength < FIXED_BYTES || headerLength > encoded.length) {
    throw new RangeError('frame with a broken header');
  }
  return {
    cameraId,
    epoch: Number(encoded.readBigUInt64BE(8)),
    sequence: Number(encoded.readBigUInt64BE(16)),
    capturedAt: encoded.readDoubleBE(24),
    capturedMonotonic: encoded.readDoubleBE(32),
    width: encoded.readUInt32BE(40),
    height: encoded.readUInt32BE(44),
    host: encoded.toString('utf8', FIXED_BYTES, headerLength),
    jpeg: encoded.subarray(headerLength),
  };
}
