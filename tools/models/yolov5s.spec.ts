import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { letterbox, overlap, toInputCorners, type Corners } from '@lookout/detection';
import { ensureModel, readCatalog, type Catalog } from '@lookout/model-catalog';
import { OnnxDetector } from '@lookout/onnx-detector';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { npmRegistry } from './npm-registry.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const CLIP = join(ROOT, 'data/demo/vtest.avi');
const FRAME = { width: 768, height: 576 };

/** What an independent conversion of the same weights saw in the frame, letterboxed to 640 pixels. */
const RECORDED_AT_640 = {
  people: { count: 6, lowest: 0.81, highest: 0.89 },
  bestPerson: corners(154, 210, 183, 275),
  car: { confidence: 0.81, corners: corners(611, 121, 639, 157) },
  truck: { confidence: 0.68, corners: corners(543, 116, 603, 163) },
};
const RECORDED_AT_416 = {
  people: { count: 6, lowest: 0.76, highest: 0.83 },
  car: 0.62,
  truck: 0.68,
};

let folder: string;
let at640: Seen[];
let at416: Seen[];

beforeAll(async () => {
  if (!existsSync(CLIP)) {
    throw new Error(`The demo footage is not here (${CLIP}): run \`npm test\`, which gets it`);
  }
  // Built here and now, not taken from where an earlier converter may have put it.
  folder = await mkdtemp(join(tmpdir(), 'yolov5s-'));
  await copyFile(join(ROOT, 'models/catalog.json'), join(folder, 'catalog.json'));
  const catalog = await readCatalog(folder);
  const frame = await frameOfClip(300);
  at640 = await detect(catalog, 'yolov5s-640', frame);
  at416 = await detect(catalog, 'yolov5s', frame);
}, 180_000);

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('YOLOv5s on frame 300 of vtest.avi', () => {
  it('sees at 640 pixels what an independent conversion sees', () => {
    const recorded = RECORDED_AT_640;
    expectPeople(at640, recorded.people, 0.03);
    const [person] = of(at640, 'person');
    expectNear(person?.corners, recorded.bestPerson);
    for (const label of ['car', 'truck'] as const) {
      const [only, ...more] = of(at640, label);
      expect(more, label).toEqual([]);
      expect(Math.abs((only?.confidence ?? 0) - recorded[label].confidence)).toBeLessThan(0.03);
      expectNear(only?.corners, recorded[label].corners);
    }
  });

  it('sees the same at 416 pixels, a little less sure', () => {
    expectPeople(at416, RECORDED_AT_416.people, 0.03);
    for (const label of ['car', 'truck'] as const) {
      // The truck is small here, and its confidence moves by 0.03 with the way of scaling.
      const confidence = of(at416, label)[0]?.confidence ?? 0;
      expect(Math.abs(confidence - RECORDED_AT_416[label]), label).toBeLessThan(0.045);
    }
    for (const { label, box } of at640.filter(({ confidence }) => confidence > 0.6)) {
      const best = Math.max(...of(at416, label).map((other) => overlap(other.box, box)));
      expect(best, label).toBeGreaterThan(0.75);
    }
  });
});

/** A detection with its corners, in pixels of the input and in fractions of the frame. */
interface Seen {
  readonly label: string;
  readonly confidence: number;
  readonly corners: Corners;
  readonly box: Corners;
}

async function detect(catalog: Catalog, id: string, frame: Uint8Array): Promise<Seen[]> {
  const { file, labels, input } = await ensureModel(catalog, id, { registry: npmRegistry });
  const detector = await OnnxDetector.load({ file, labels, input, threads: 2 });
  try {
    const { detections } = await detector.detect(frame, { minConfidence: 0.25, classes: [] });
    const place = letterbox(FRAME, input);
    return detections.map((detection) => {
      const { label, confidence, box } = detection;
      const { x, y, width, height } = box;
      return {
        label,
        confidence,
        corners: toInputCorners(place, box),
        box: corners(x, y, x + width, y + height),
      };
    });
  } finally {
    await detector.release();
  }
}

function of(seen: readonly Seen[], label: string): Seen[] {
  return seen.filter((one) => one.label === label);
}

function expectPeople(
  seen: readonly Seen[],
  recorded: { count: number; lowest: number; highest: number },
  tolerance: number,
): void {
  const confidences = of(seen, 'person').map(({ confidence }) => confidence);
  expect(confidences).toHaveLength(recorded.count);
  expect(Math.abs(Math.max(...confidences) - recorded.highest)).toBeLessThan(tolerance);
  expect(Math.abs(Math.min(...confidences) - recorded.lowest)).toBeLessThan(tolerance);
}

function expectNear(actual: Corners | undefined, expected: Corners): void {
  for (const side of ['left', 'top', 'right', 'bottom'] as const) {
    expect(Math.abs((actual?.[side] ?? Number.NaN) - expected[side]), side).toBeLessThan(3);
  }
}

function corners(left: number, top: number, right: number, bottom: number): Corners {
  return { left, top, right, bottom };
}

async function frameOfClip(index: number): Promise<Uint8Array> {
  const pick = ['-vf', `select=eq(n\\,${String(index)})`, '-frames:v', '1'];
  const jpeg = ['-c:v', 'mjpeg', '-qmin', '1', '-q:v', '1', '-f', 'image2pipe', '-'];
  const { stdout } = await promisify(execFile)(
    'ffmpeg',
    ['-v', 'error', '-nostdin', '-i', CLIP, ...pick, ...jpeg],
    { encoding: 'buffer', maxBuffer: 10_000_000 },
  );
  return stdout;
}
