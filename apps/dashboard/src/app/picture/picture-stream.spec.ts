import { ManualClock } from '@lookout/timing';
import { describe, expect, it, vi } from 'vitest';
import { exampleFrame } from '../../testing/examples.ts';
import { PictureStream } from './picture-stream.ts';

function bitmap() {
  return { width: 640, height: 360, close: vi.fn() };
}

function setUp() {
  const clock = new ManualClock();
  const decoding: { settle: (result: ReturnType<typeof bitmap> | Error) => Promise<void> }[] = [];
  const ready = vi.fn();
  const stream = new PictureStream(
    clock,
    () =>
      new Promise((resolve, reject) => {
        decoding.push({
          settle: async (result) => {
            if (result instanceof Error) reject(result);
            else resolve(result);
            await Promise.resolve();
            await Promise.resolve();
          },
        });
      }),
    ready,
  );
  const drawImage = vi.fn();
  const canvas = { canvas: { width: 0, height: 0 }, drawImage };
  const draw = () => stream.drawTo(canvas as unknown as CanvasRenderingContext2D);
  const jpeg = new Uint8Array();
  return { clock, decoding, ready, stream, canvas, drawImage, draw, jpeg };
}

describe('PictureStream', () => {
  it('acknowledges a frame once it is drawn, with the time that took, and closes its picture', async () => {
    const { clock, decoding, ready, stream, canvas, drawImage, draw, jpeg } = setUp();
    const ack = vi.fn();
    const picture = bitmap();
    stream.arrived(exampleFrame(), jpeg, ack);
    await decoding[0]?.settle(picture);
    expect(ready).toHaveBeenCalledOnce();
    expect(ack).not.toHaveBeenCalled();
    clock.advance(12);
    expect(draw()).toEqual(exampleFrame());
    expect(canvas.canvas).toEqual({ width: 640, height: 360 });
    expect(drawImage).toHaveBeenCalledWith(picture, 0, 0);
    expect(picture.close).toHaveBeenCalledOnce();
    expect(ack).toHaveBeenCalledExactlyOnceWith({ drawnAfterMs: 12 });
    expect(draw()).toBeUndefined();
  });

  it('holds one picture at most', async () => {
    const { decoding, stream, draw, jpeg } = setUp();
    const [first, second] = [bitmap(), bitmap()];
    stream.arrived(exampleFrame({ sequence: 1 }), jpeg, vi.fn());
    stream.arrived(exampleFrame({ sequence: 2 }), jpeg, vi.fn());
    await decoding[0]?.settle(first);
    await decoding[1]?.settle(second);
    expect(first.close).toHaveBeenCalledOnce();
    expect(draw()?.sequence).toBe(2);
  });

  it('counts a picture that cannot be read and asks for the next', async () => {
    const { decoding, stream, draw, jpeg } = setUp();
    const ack = vi.fn();
    stream.arrived(exampleFrame(), jpeg, ack);
    await decoding[0]?.settle(new Error('no picture'));
    expect(stream.undecodable).toBe(1);
    expect(ack).toHaveBeenCalledExactlyOnceWith();
    expect(draw()).toBeUndefined();
  });

  it('drops what is on its way when it is paused, and leaves no frame unanswered', async () => {
    const { decoding, stream, draw, jpeg } = setUp();
    const [waits, decodes] = [vi.fn(), vi.fn()];
    const [first, second] = [bitmap(), bitmap()];
    stream.arrived(exampleFrame({ sequence: 1 }), jpeg, waits);
    await decoding[0]?.settle(first);
    stream.arrived(exampleFrame({ sequence: 2 }), jpeg, decodes);
    stream.pause();
    await decoding[1]?.settle(second);
    expect(draw()).toBeUndefined();
    for (const picture of [first, second]) expect(picture.close).toHaveBeenCalledOnce();
    for (const ack of [waits, decodes]) expect(ack).toHaveBeenCalledExactlyOnceWith();
  });
});
