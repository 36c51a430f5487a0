import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frame } from './conformance/frames.ts';
import { decodeFrame, encodeFrame } from './frame-encoding.ts';

const number = fc.double({ noNaN: true, noDefaultInfinity: true });
const id = fc.nat({ max: Number.MAX_SAFE_INTEGER });
const side = fc.integer({ min: 1, max: 0xffff_ffff });

describe('the encoding of a frame', () => {
  it('gives back what was put in', () => {
    const frames = fc.record({
      cameraId: fc.constant('gate'),
      epoch: id,
      sequence: id,
      capturedAt: number,
      capturedMonotonic: number,
      width: side,
      height: side,
      host: fc.string({ unit: 'binary', maxLength: 60 }),
      jpeg: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    });
    fc.assert(
      fc.property(frames, (original) => {
        expect(decodeFrame('gate', encodeFrame(original))).toEqual(original);
      }),
    );
  });

  it('is laid out as documented', () => {
    const encoded = encodeFrame({ ...frame('gate', 3, 2), host: 'box', jpeg: Buffer.from('JPEG') });
    expect(encoded.toString('latin1', 0, 4)).toBe('LKFR');
    expect([encoded.readUInt16BE(4), encoded.readUInt16BE(6)]).toEqual([1, 51]);
    expect([encoded.readBigUInt64BE(8), encoded.readBigUInt64BE(16)]).toEqual([2n, 3n]);
    expect([encoded.readUInt32BE(40), encoded.readUInt32BE(44)]).toEqual([640, 360]);
    expect(encoded.toString('latin1', 48)).toBe('boxJPEG');
  });

  it.each([
    ['too short', (bytes: Buffer) => bytes.subarray(0, 47)],
    ['no frame', (bytes: Buffer) => bytes.fill('x', 0, 4)],
    ['a later version', (bytes: Buffer) => bytes.fill(9, 5, 6)],
    ['a header beyond the end', (bytes: Buffer) => bytes.fill(255, 6, 8)],
    ['a header shorter than its fields', (bytes: Buffer) => bytes.fill(0, 6, 8)],
  ])('refuses %s', (_what, spoil) => {
    expect(() => decodeFrame('gate', spoil(encodeFrame(frame('gate', 1))))).toThrow(RangeError);
  });

  it('refuses the id of a host that does not fit', () => {
    expect(() => encodeFrame({ ...frame('gate', 1), host: 'h'.repeat(256) })).toThrow(RangeError);
  });
});
