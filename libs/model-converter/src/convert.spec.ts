import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { convertYolo, readGraphModel, type Anchor } from './index.ts';
import { GraphBuilder, type GraphFiles } from './testing/graph-builder.ts';
import { at, convolve, logistic, maxPool, nhwc, type Nhwc } from './testing/reference.ts';

const TRACED = 64;
const CLASSES = 2;
const ANCHORS: Anchor[][] = [[[10, 20]], [[40, 30]]];

describe('convertYolo', () => {
  it.each([64, 96, 160])('computes what TensorFlow would, at %d pixels', async (side) => {
    const parts = weights();
    const pixels = new Uint8Array(side * side * 3).map((_, index) => (index * 7919) % 256);
    const [fine, coarse] = network(
      nhwc(side, 3, (y, x, c) => (pixels[(y * side + x) * 3 + c] ?? 0) / 255),
      parts,
    );
    const expected = [...rows(fine, [10, 20], side), ...rows(coarse, [40, 30], side)];

    const session = await InferenceSession.create(convert(graph(parts), side));
    const image = new Tensor('uint8', pixels, [1, side, side, 3]);
    const { detections } = await session.run({ image });
    expect(detections?.dims).toEqual([1, expected.length, 5 + CLASSES]);
    const actual = detections?.data as Float32Array;
    const worst = expected.flat().map((value, index) => Math.abs(value - (actual[index] ?? NaN)));
    expect(Math.max(...worst)).toBeLessThan(2e-3);
  });

  it('gives the same bytes for the same model', () => {
    const once = convert(graph(weights()), 96);
    expect(Buffer.compare(once, convert(graph(weights()), 96))).toBe(0);
  });

  it.each([0, 16, 100, 417, 64.5])('refuses an input of %d pixels', (input) => {
    expect(() => convert(graph(weights()), input)).toThrow(`${String(input)} is not`);
  });

  it('refuses anchors that do not fit the maps', () => {
    const model = read(graph(weights()));
    const options = { input: 64, classCount: 3, anchors: ANCHORS, metadata: {} };
    expect(() => convertYolo(model, options)).toThrow(
      'fine has 7 channels, which does not fit 1 anchors',
    );
  });

  it('names an operation that it does not know', () => {
    expect(() => convert(withNode('Elu', {}), 64)).toThrow(/Elu odd .*not known/);
    expect(() => convert(withNode('toString', {}), 64)).toThrow(/toString odd .*not known/);
  });

  it('names the node of an attribute that it does not know', () => {
    expect(() => convert(withNode('Sigmoid', { alpha: { f: 2 } }), 64)).toThrow(
      'Sigmoid odd cannot be converted with attribute alpha, which is not known',
    );
    expect(() => convert(withNode('Sigmoid', { T: { type: 'DT_HALF' } }), 64)).toThrow(
      'Sigmoid odd cannot be converted with T=DT_HALF',
    );
  });

  it.each([
    ['dilations', { list: { i: ['1', '2', '2', '1'] } }, 'dilations=[1,2,2,1]'],
    ['data_format', { s: btoa('NCHW') }, 'data_format=NCHW'],
    ['padding', { s: btoa('EXPLICIT') }, 'padding=EXPLICIT'],
    ['fused_ops', { list: { s: [btoa('BiasAdd'), btoa('Relu')] } }, 'fused_ops=[BiasAdd,Relu]'],
    ['strides', { list: { i: ['1', '1', '2', '1'] } }, 'strides=[1,1,2,1]'],
    ['explicit_paddings', { list: { i: ['0', '1'] } }, 'explicit_paddings=[0,1]'],
  ])('refuses a convolution with another %s', (name, value, words) => {
    const builder = new GraphBuilder();
    const filter = { shape: [1, 1, 3, 7], data: new Float32Array(21) };
    const attr = { [name]: value };
    builder.convolution('map', builder.picture(64), filter, new Float32Array(7), { attr });
    expect(() => convert(builder.files(), 64)).toThrow(
      `_FusedConv2D map cannot be converted with ${words}`,
    );
  });
});

describe('readGraphModel', () => {
  it('refuses what is not a graph model, and weights that are short, over or quantized', () => {
    const { description, weights: bytes } = graph(weights());
    const change = (from: string, to: string) => description.replace(from, to);
    const readWith = (text: string, data: Uint8Array) => () => readGraphModel(text, () => data);
    expect(readWith('<html>', bytes)).toThrow('not a TensorFlow.js graph model');
    expect(readWith(change('graph-model', 'layers-model'), bytes)).toThrow('at format');
    expect(readWith(change('"float32"', '"float32","quantization":{}'), bytes)).toThrow('weights');
    expect(readWith(description, bytes.subarray(4))).toThrow('end in the middle of fine/bias');
    expect(readWith(description, Buffer.concat([bytes, Buffer.alloc(4)]))).toThrow('4 bytes');
  });
});

type Parts = Readonly<Record<string, { shape: number[]; data: Float32Array; bias: Float32Array }>>;

/** Weights that look random and are always the same. */
function weights(): Parts {
  let seed = 1;
  const next = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647 - 0.5;
  const part = (window: number, inputs: number, outputs: number) => ({
    shape: [window, window, inputs, outputs],
    data: Float32Array.from({ length: window * window * inputs * outputs }, next),
    bias: Float32Array.from({ length: outputs }, next),
  });
  return {
    first: part(6, 3, 4),
    second: part(3, 4, 4),
    third: part(1, 4, 4),
    fine: part(1, 8, 5 + CLASSES),
    coarse: part(3, 4, 5 + CLASSES),
  };
}

/** A network with every operation: stride 2 with padding of its own and with SAME, up and down. */
function graph(parts: Parts): GraphFiles {
  const builder = new GraphBuilder();
  const convolution = (name: string, input: string, options = {}) => {
    const { bias = new Float32Array(), ...filter } = parts[name] ?? { shape: [], data: [] };
    return builder.convolution(name, input, filter as Parts[string], bias, options);
  };
  const paddings = builder.constant('paddings', [4, 2], Int32Array.of(0, 0, 2, 2, 2, 2, 0, 0));
  const padded = builder.node('Pad', 'pad', [builder.picture(TRACED), paddings], {
    Tpaddings: { type: 'DT_INT32' },
  });
  const first = convolution('first', padded, { stride: 2, padding: 'VALID' });
  const gate = builder.node('Sigmoid', 'gate', [first]);
  const swish = builder.node('Mul', 'swish', [first, gate]);
  const second = convolution('second', swish, { stride: 2 });
  const pool = builder.maxPool('pool', second, 5, 1);
  const third = convolution('third', pool);
  const sum = builder.node('AddV2', 'sum', [second, third]);
  const half = builder.maxPool('half', sum, 3, 2);
  const size = builder.constant('size', [2], Int32Array.of(TRACED / 4, TRACED / 4));
  const up = builder.node('ResizeNearestNeighbor', 'up', [half, size], {
    half_pixel_centers: { b: true },
    align_corners: { b: false },
  });
  const axis = builder.constant('axis', [], Int32Array.of(3));
  const both = builder.node('ConcatV2', 'both', [up, sum, axis], {
    N: { i: '2' },
    Tidx: { type: 'DT_INT32' },
  });
  // The coarse map comes first, to see that the order of the maps is not that of the graph.
  const coarse = convolution('coarse', half);
  const fine = convolution('fine', both);
  builder.node('OldHead', 'out', [coarse, fine]);
  return builder.files();
}

function network(picture: Nhwc, parts: Parts): [Nhwc, Nhwc] {
  const conv = (name: string, input: Nhwc, options = {}) => {
    const { bias = new Float32Array(), ...filter } = parts[name] ?? { shape: [], data: [] };
    return convolve(input, filter as Parts[string], bias, options);
  };
  const padded = nhwc(picture.side + 4, 3, (y, x, c) => at(picture, y - 2, x - 2, c));
  const first = conv('first', padded, { stride: 2, padding: 'VALID' });
  const swish = { ...first, data: first.data.map((value) => value * logistic(value)) };
  const second = conv('second', swish, { stride: 2 });
  const third = conv('third', maxPool(second, 5, 1));
  const sum = {
    ...third,
    data: third.data.map((value, index) => value + (second.data[index] ?? 0)),
  };
  const half = maxPool(sum, 3, 2);
  const both = nhwc(sum.side, 8, (y, x, c) =>
    c < 4 ? at(half, Math.floor(y / 2), Math.floor(x / 2), c) : at(sum, y, x, c - 4),
  );
  return [conv('fine', both), conv('coarse', half)];
}

/** YOLOv5's decoding, from its paper's formulas. */
function rows(map: Nhwc, anchor: Anchor, input: number): number[][] {
  const stride = input / map.side;
  return Array.from({ length: map.side ** 2 }, (_, cell) => {
    const [y, x] = [Math.floor(cell / map.side), cell % map.side];
    const s = Array.from({ length: map.channels }, (__, c) => logistic(at(map, y, x, c)));
    const [sx = 0, sy = 0, sw = 0, sh = 0, ...scores] = s;
    return [
      (2 * sx - 0.5 + x) * stride,
      (2 * sy - 0.5 + y) * stride,
      (2 * sw) ** 2 * anchor[0],
      (2 * sh) ** 2 * anchor[1],
      ...scores,
    ];
  });
}

function read({ description, weights: bytes }: GraphFiles) {
  return readGraphModel(description, () => bytes);
}

function convert(files: GraphFiles, input: number): Uint8Array {
  const options = { classCount: CLASSES, anchors: ANCHORS, metadata: { note: 'test' } };
  return convertYolo(read(files), { input, ...options });
}

/** A picture, an odd node, a map. */
function withNode(op: string, attr: Record<string, Record<string, unknown>>): GraphFiles {
  const builder = new GraphBuilder();
  const odd = builder.node(op, 'odd', [builder.picture(64)], attr);
  const filter = { shape: [1, 1, 3, 7], data: new Float32Array(21) };
  builder.convolution('map', odd, filter, new Float32Array(7));
  return builder.files();
}
