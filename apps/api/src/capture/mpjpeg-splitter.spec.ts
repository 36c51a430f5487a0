import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MpjpegSplitter } from './mpjpeg-splitter.ts';

/** Bytes that begin and end as a JPEG; the boundary inside must not confuse anybody. */
function jpeg(fill: string): Buffer {
  return Buffer.concat([Buffer.from([0xff, 0xd8]), Buffer.from(fill), Buffer.from([0xff, 0xd9])]);
}

function part(body: Buffer, length: number | string = body.length): Buffer {
  const header = `--ffmpeg\r\nContent-type: image/jpeg\r\nContent-length: ${String(length)}\r\n\r\n`;
  return Buffer.concat([Buffer.from(header), body, Buffer.from('\r\n')]);
}

const frames = [jpeg('one'), jpeg('the second --ffmpeg\r\n is longer'), jpeg('3'.repeat(700))];
const stream = Buffer.concat(frames.map((frame) => part(frame)));

function split(chunks: readonly Buffer[], largest?: number): Buffer[] {
  const found: Buffer[] = [];
  const frame = (jpeg: Uint8Array) => found.push(Buffer.from(jpeg));
  const splitter = new MpjpegSplitter({ frame, broken: () => undefined }, largest);
  for (const chunk of chunks) splitter.push(chunk);
  return found;
}

describe('MpjpegSplitter', () => {
  it('finds frames that are cut at any byte', () => {
    for (let cut = 0; cut <= stream.length; cut += 1) {
      expect(split([stream.subarray(0, cut), stream.subarray(cut)])).toEqual(frames);
    }
  });

  it('finds frames that come byte by byte, or in any pieces', () => {
    expect(split(Array.from(stream, (byte) => Buffer.of(byte)))).toEqual(frames);
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length)), (cuts) => {
        const at = [0, ...cuts.sort((a, b) => a - b), stream.length];
        const chunks = at.slice(1).map((end, index) => stream.subarray(at[index], end));
        expect(split(chunks)).toEqual(frames);
      }),
    );
  });

  it('skips garbage between frames, in whatever pieces it comes', () => {
    const garbage = fc.uint8Array({ maxLength: 1500 }).map((bytes) => Buffer.from(bytes));
    fc.assert(
      fc.property(fc.array(garbage, { minLength: 4, maxLength: 4 }), fc.nat(4000), (noise, cut) => {
        const noisy = Buffer.concat(
          frames.flatMap((frame, index) => [noise[index] ?? Buffer.alloc(0), part(frame)]),
        );
        expect(split([noisy.subarray(0, cut), noisy.subarray(cut)])).toEqual(frames);
      }),
    );
  });

  it.each([
    ['too long a length, which swallows frames', part(jpeg('lie'), 60)],
    ['too short a length', part(jpeg('a lie that is long'), 6)],
    ['no length', Buffer.from('--ffmpeg\r\nContent-type: image/jpeg\r\n\r\n')],
    ['a length of nothing', part(jpeg('x'), 0)],
    ['a length that is no number', part(jpeg('x'), '12x')],
    ['a length beyond all bounds', part(jpeg('x'), 999_999_999)],
    ['a length below zero', part(jpeg('x'), -5)],
    ['a body that is no JPEG', part(Buffer.from('plain text'))],
    ['a header without an end', Buffer.from(`--ffmpeg\r\n${'x'.repeat(2000)}`)],
    ['a boundary that is cut off', Buffer.from('--ffmpeg\r--ffm')],
  ])('goes on after %s', (_name, broken) => {
    const [first, second, third] = frames.map((frame) => part(frame));
    if (!first || !second || !third) throw new Error('three frames are needed');
    const noisy = Buffer.concat([first, broken, second, third]);
    for (let cut = 0; cut <= noisy.length; cut += 7) {
      expect(split([noisy.subarray(0, cut), noisy.subarray(cut)])).toEqual(frames);
    }
  });

  it('refuses frames above its bound without waiting for them', () => {
    const large = jpeg('x'.repeat(300));
    const found = split([part(large), part(jpeg('small'))], 200);
    expect(found).toEqual([jpeg('small')]);
  });

  it('tells of each part that is no frame', () => {
    const told: string[] = [];
    const receiver = { frame: () => told.push('frame'), broken: () => told.push('broken') };
    const splitter = new MpjpegSplitter(receiver, 200);
    splitter.push(part(Buffer.from('plain text')));
    splitter.push(part(jpeg('good')));
    splitter.push(part(jpeg('x'.repeat(300))));
    splitter.push(part(jpeg('good')));
    expect(told).toEqual(['broken', 'frame', 'broken', 'frame']);
  });

  it('gives each frame memory of its own', () => {
    const chunk = Buffer.from(part(jpeg('mine')));
    let kept: Uint8Array | undefined;
    new MpjpegSplitter({ frame: (frame) => (kept = frame), broken: () => undefined }).push(chunk);
    chunk.fill(0);
    expect(kept).toEqual(jpeg('mine'));
    expect(kept?.buffer.byteLength).toBe(kept?.byteLength);
  });
});
