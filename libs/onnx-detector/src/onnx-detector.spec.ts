import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import jpegTurbo from '@julusian/jpeg-turbo';
import { convertYolo, readGraphModel } from '@lookout/model-converter';
import { COLOUR_ANCHORS, COLOUR_LABELS, colourModel } from '@lookout/model-converter/testing';
import { InferenceSession } from 'onnxruntime-node';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { BadFrame, BadModel, OnnxDetector } from './index.ts';

const INPUT = 64;
const all = { minConfidence: 0.5, classes: [] };
const black = [0, 0, 0] as const;
const red = [255, 0, 0] as const;
const blue = [0, 0, 255] as const;

let folder: string;
let file: string;
let detector: OnnxDetector;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onnx-detector-'));
  file = join(folder, 'colours.onnx');
  const { description, weights } = colourModel();
  const model = convertYolo(
    readGraphModel(description, () => weights),
    { input: INPUT, classCount: COLOUR_LABELS.length, anchors: COLOUR_ANCHORS, metadata: {} },
  );
  await writeFile(file, model);
  detector = await OnnxDetector.load({ file, labels: COLOUR_LABELS, input: INPUT, threads: 1 });
});

afterAll(async () => {
  await detector.release();
  await rm(folder, { recursive: true });
});

describe('detect', () => {
  it('tells what is where, in fractions of the frame', async () => {
    const { detections } = await detector.detect(picture(64, 64, [red, black, black, blue]), all);
    expect(detections.map(({ label }) => label).toSorted()).toEqual(['blue', 'red']);
    expect(boxOf(detections, 'red')).toEqual([0, 0, 0.5, 0.5]);
    expect(boxOf(detections, 'blue')).toEqual([0.5, 0.5, 0.5, 0.5]);
    expect(detections[0]?.confidence).toBeGreaterThan(0.99);
  });

  it('finds the same in frames of other sizes, in any order', async () => {
    for (const side of [64, 640, 32, 128]) {
      const { detections } = await detector.detect(
        picture(side, side, [black, red, black, black]),
        all,
      );
      expect(detections).toHaveLength(1);
      expect(boxOf(detections, 'red')).toEqual([0.5, 0, 0.5, 0.5]);
    }
  });

  it('does not take the grey around a frame for part of it', async () => {
    const { detections } = await detector.detect(picture(128, 64, [red, red, red, red]), all);
    expect(detections).toHaveLength(2 * 2);
    for (const { box } of detections) {
      expect(box.y).toBe(box.y === 0 ? 0 : 0.5);
      expect(box.height).toBe(0.5);
    }
  });

  it('looks at nothing of the frame before', async () => {
    await detector.detect(picture(64, 64, [red, red, red, red]), all);
    const { detections } = await detector.detect(
      picture(64, 64, [black, black, black, black]),
      all,
    );
    expect(detections).toEqual([]);
  });

  it('reports the wanted classes only', async () => {
    const jpeg = picture(64, 64, [red, black, black, blue]);
    const { detections } = await detector.detect(jpeg, { minConfidence: 0.5, classes: ['blue'] });
    expect(detections.map(({ label }) => label)).toEqual(['blue']);
  });

  it('runs as often as it is told, measures it, and sees the same', async () => {
    const jpeg = picture(64, 64, [red, black, black, blue]);
    const once = await detector.detect(jpeg, all);
    const session = await InferenceSession.create(file);
    const run = vi.spyOn(Object.getPrototypeOf(session) as InferenceSession, 'run');
    const often = await detector.detect(jpeg, { ...all, repeat: 20 });
    expect(run).toHaveBeenCalledTimes(20);
    expect(often.detections).toEqual(once.detections);
    expect(Math.min(once.inferenceMs, once.decodeMs, often.inferenceMs)).toBeGreaterThan(0);
    run.mockRestore();
    await session.release();
  });

  it('gives other work a turn between repeats', async () => {
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 0);
    await detector.detect(picture(64, 64, [red, red, red, red]), { ...all, repeat: 200 });
    clearInterval(timer);
    expect(turns).toBeGreaterThan(0);
  });

  it('says that a broken picture is broken, and goes on with the next', async () => {
    const jpeg = picture(64, 64, [red, black, black, black]);
    const broken = [
      new Uint8Array(),
      new TextEncoder().encode('not a picture'),
      jpeg.subarray(0, jpeg.length >> 1),
      jpeg.subarray(20),
    ];
    for (const bytes of broken) {
      await expect(detector.detect(bytes, all)).rejects.toThrow(BadFrame);
      expect((await detector.detect(jpeg, all)).detections).toHaveLength(1);
    }
  });
});

describe('load', () => {
  const load = (changes: object) =>
    OnnxDetector.load({ file, labels: COLOUR_LABELS, input: INPUT, threads: 1, ...changes });

  it('refuses a file that is missing, cut off or not a model', async () => {
    const cutOff = join(folder, 'cut-off.onnx');
    await writeFile(cutOff, 'not a model');
    await expect(load({ file: join(folder, 'nowhere.onnx') })).rejects.toThrow(BadModel);
    await expect(load({ file: cutOff })).rejects.toThrow(BadModel);
  });

  it('refuses a model that does not fit its labels or input', async () => {
    await expect(load({ labels: ['red'] })).rejects.toThrow('not rows of 6 numbers');
    await expect(load({ input: 96 })).rejects.toThrow('not a picture of 96x96 pixels');
  });
});

type Colour = readonly [number, number, number];

/** A JPEG of four quarters: top left, top right, bottom left, bottom right. */
function picture(width: number, height: number, quarters: readonly Colour[]): Uint8Array {
  const rgb = Buffer.alloc(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    const quarter = (y < height / 2 ? 0 : 2) + (x < width / 2 ? 0 : 1);
    rgb.set(quarters[quarter] ?? black, pixel * 3);
  }
  const format = jpegTurbo.FORMAT_RGB;
  const subsampling = jpegTurbo.SAMP_444;
  return jpegTurbo.compressSync(rgb, { format, width, height, subsampling, quality: 95 });
}

function boxOf(
  detections: readonly {
    label: string;
    box: { x: number; y: number; width: number; height: number };
  }[],
  label: string,
): number[] {
  const box = detections.find((detection) => detection.label === label)?.box;
  return box === undefined ? [] : [box.x, box.y, box.width, box.height];
}
