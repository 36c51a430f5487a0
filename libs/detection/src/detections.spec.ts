import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDetections } from './detections.ts';
import { letterbox } from './letterbox.ts';
import { readYoloOutput } from './yolo-output.ts';

const LABELS = ['person', 'car', 'truck'];
const place = letterbox({ width: 640, height: 360 }, 416);
const everything = { minConfidence: 0.25, classes: [] };

/** Centre x, centre y, width, height, objectness, scores of person, car, truck. */
const person = [104, 208, 52, 117, 0.9, 0.8, 0.1, 0.05];
const samePerson = [106, 209, 52, 117, 0.8, 0.8, 0.1, 0.05];
const car = [312, 208, 52, 117, 0.5, 0.1, 0.9, 0.2];
const inTheGrey = [50, 40, 40, 40, 0.9, 0.9, 0, 0];
const output = Float32Array.from([...person, ...samePerson, ...car, ...inTheGrey]);

describe('readDetections', () => {
  it('reports each object once, the most confident first, in fractions of the frame', () => {
    const [first, second, ...rest] = readDetections(output, LABELS, place, everything);
    expect(rest).toEqual([]);
    expect(first).toMatchObject({ classId: 0, label: 'person' });
    expect(first?.confidence).toBeCloseTo(0.72, 6);
    expect(first?.box.x).toBeCloseTo(78 / 416, 6);
    expect(first?.box.y).toBeCloseTo((149.5 - 91) / 234, 6);
    expect(first?.box.width).toBeCloseTo(52 / 416, 6);
    expect(first?.box.height).toBeCloseTo(0.5, 6);
    expect(second).toMatchObject({ classId: 1, label: 'car' });
  });

  it('leaves out what is below the confidence or of a class that is not wanted', () => {
    const labels = (minConfidence: number, classes: string[]) =>
      readDetections(output, LABELS, place, { minConfidence, classes }).map(({ label }) => label);
    expect(labels(0.5, [])).toEqual(['person']);
    expect(labels(0.25, ['car', 'truck'])).toEqual(['car']);
    expect(labels(0.25, ['giraffe'])).toEqual([]);
    expect(labels(0.73, [])).toEqual([]);
  });

  it('stays sane whatever numbers the model gives', () => {
    const number = fc.oneof(
      fc.float({ noNaN: false }),
      fc.float({ min: 0, max: 416, noNaN: true }),
      fc.float({ min: 0, max: 1, noNaN: true }),
    );
    const rows = fc.array(fc.array(number, { minLength: 8, maxLength: 8 }), { maxLength: 30 });
    fc.assert(
      fc.property(rows, (numbers) => {
        const seen = readDetections(Float32Array.from(numbers.flat()), LABELS, place, everything);
        for (const { box, label, confidence } of seen) {
          expect(LABELS).toContain(label);
          expect(confidence).toBeGreaterThanOrEqual(0.25);
          expect(Math.min(box.x, box.y)).toBeGreaterThanOrEqual(0);
          expect(Math.max(box.x + box.width, box.y + box.height)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});

describe('readYoloOutput', () => {
  it('takes a confidence that is exactly the least wanted one', () => {
    const filter = { minConfidence: 0.5, classIds: null };
    const row = Float32Array.of(10, 10, 4, 4, 0.5, 1);
    expect(readYoloOutput(row, 1, filter)).toEqual([
      { classId: 0, confidence: 0.5, left: 8, top: 8, right: 12, bottom: 12 },
    ]);
  });

  it('refuses an output that is not made of whole rows', () => {
    const filter = { minConfidence: 0.5, classIds: null };
    expect(() => readYoloOutput(new Float32Array(86), 80, filter)).toThrow(RangeError);
  });
});
