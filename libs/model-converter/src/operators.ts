import type { Attributes } from './attributes.ts';
import { samePadding, windowedSide, type Feature, type Padding, type Sides } from './feature.ts';
import type { GraphNode, GraphTensor } from './graph-model.ts';
import type { OnnxGraph } from './onnx-graph.ts';

/** What the translation of one node works with. */
export interface Translation {
  readonly node: GraphNode;
  readonly attributes: Attributes;
  readonly graph: OnnxGraph;
  /** The node's input at this place, already translated. */
  readonly feature: (index: number) => Feature;
  /** The node's input at this place, which must be a constant. */
  readonly constant: (index: number) => GraphTensor;
}

/** Writes one TensorFlow operation as ONNX. */
export type Operator = (translation: Translation) => Feature;

/** The operations that are known, by TensorFlow's names. */
export const OPERATORS: Readonly<Record<string, Operator>> = {
  _FusedConv2D: fusedConv2D,
  Pad: pad,
  MaxPool: maxPool,
  ResizeNearestNeighbor: resizeNearestNeighbor,
  ConcatV2: concat,
  Sigmoid: sigmoid,
  Mul: pairwise('Mul'),
  Add: pairwise('Add'),
  AddV2: pairwise('Add'),
};

const NO_PADDING: Padding = { before: 0, after: 0 };

function fusedConv2D({ node, attributes, graph, feature, constant }: Translation): Feature {
  const input = feature(0);
  const filter = constant(1);
  const bias = constant(2);
  const fused = attributes.texts('fused_ops');
  if (fused.join() !== 'BiasAdd') attributes.refuse(`fused_ops=[${fused.join()}]`);
  if (attributes.integer('num_args') !== 1) attributes.refuse('num_args other than 1');
  attributes.expectIntegers('dilations', [1, 1, 1, 1]);
  attributes.ignore('epsilon', 'use_cudnn_on_gpu');
  const [height = 0, width, inputs, outputs = 0] = filter.shape;
  if (filter.shape.length !== 4 || height !== width || inputs !== input.channels) {
    attributes.refuse(`a filter of [${filter.shape.join()}] on ${String(input.channels)} channels`);
  }
  if (bias.data.length !== outputs) attributes.refuse(`a bias of [${bias.shape.join()}]`);
  const { stride, pads, sides } = slide(attributes, input, height);
  const name = graph.node(
    'Conv',
    node.name,
    [
      input.name,
      graph.floats(`${node.name}/filter`, [outputs, input.channels, height, height], oihw(filter)),
      graph.floats(`${node.name}/bias`, [outputs], floats(bias, attributes)),
    ],
    { kernel_shape: [height, height], strides: [stride, stride], pads },
  );
  return { name, channels: outputs, ...sides };
}

function pad({ node, attributes, graph, feature, constant }: Translation): Feature {
  const input = feature(0);
  const { shape, data } = constant(1);
  attributes.ignore('Tpaddings');
  const [n0, n1, before = 0, after = 0, left, right, c0, c1] = data;
  const plain = n0 === 0 && n1 === 0 && c0 === 0 && c1 === 0;
  if (shape.join() !== '4,2' || !plain || left !== before || right !== after) {
    attributes.refuse(`paddings [${data.join()}]`);
  }
  const pads = graph.integers(`${node.name}/pads`, [0, 0, before, before, 0, 0, after, after]);
  const name = graph.node('Pad', node.name, [input.name, pads], { mode: 'constant' });
  const grow = before + after;
  const { channels, side, tracedSide } = input;
  return { name, channels, side: side + grow, tracedSide: tracedSide + grow };
}

function maxPool({ node, attributes, graph, feature }: Translation): Feature {
  const input = feature(0);
  const window = square(attributes, 'ksize');
  const { stride, pads, sides } = slide(attributes, input, window);
  const name = graph.node('MaxPool', node.name, [input.name], {
    kernel_shape: [window, window],
    strides: [stride, stride],
    pads,
  });
  return { name, channels: input.channels, ...sides };
}

function resizeNearestNeighbor(translation: Translation): Feature {
  const { node, attributes, graph, feature, constant } = translation;
  const input = feature(0);
  const [height = 0, width] = constant(1).data;
  attributes.expectFlag('half_pixel_centers', true);
  attributes.expectFlag('align_corners', false);
  const factor = height / input.tracedSide;
  if (height !== width || !Number.isInteger(factor) || factor < 1) {
    attributes.refuse(`size [${constant(1).data.join()}] from ${String(input.tracedSide)}`);
  }
  const scales = graph.floats(`${node.name}/scales`, [4], Float32Array.of(1, 1, factor, factor));
  // For whole factors every rule of rounding and of pixel centres picks the same pixels; ONNX
  // Runtime has its fast way for this one.
  const name = graph.node('Resize', node.name, [input.name, '', scales], {
    mode: 'nearest',
    coordinate_transformation_mode: 'asymmetric',
    nearest_mode: 'floor',
  });
  const { channels, side, tracedSide } = input;
  return { name, channels, side: side * factor, tracedSide: tracedSide * factor };
}

function concat({ node, attributes, graph, feature, constant }: Translation): Feature {
  const count = attributes.integer('N');
  attributes.ignore('Tidx');
  const inputs = Array.from({ length: count }, (_, index) => feature(index));
  const [axis] = constant(count).data;
  if (axis !== 3 && axis !== -1) attributes.refuse(`axis ${String(axis)}`);
  const first = feature(0);
  if (inputs.some(({ side }) => side !== first.side)) attributes.refuse('inputs of unlike sides');
  const names = inputs.map(({ name }) => name);
  const channels = inputs.reduce((sum, input) => sum + input.channels, 0);
  return { ...first, name: graph.node('Concat', node.name, names, { axis: 1 }), channels };
}

function sigmoid({ node, graph, feature }: Translation): Feature {
  const input = feature(0);
  return { ...input, name: graph.node('Sigmoid', node.name, [input.name]) };
}

function pairwise(op: string): Operator {
  return ({ node, attributes, graph, feature }) => {
    const [a, b] = [feature(0), feature(1)];
    if (a.channels !== b.channels || a.side !== b.side)
      attributes.refuse('inputs of unlike shapes');
    return { ...a, name: graph.node(op, node.name, [a.name, b.name]) };
  };
}

/** Reads how a window slides over its input, and what is left of the input's sides. */
function slide(
  attributes: Attributes,
  input: Feature,
  window: number,
): { stride: number; pads: number[]; sides: Sides } {
  attributes.expectText('data_format', 'NHWC');
  attributes.expectIntegers('explicit_paddings', []);
  const stride = square(attributes, 'strides');
  const rule = attributes.text('padding');
  if (rule !== 'SAME' && rule !== 'VALID') attributes.refuse(`padding=${rule}`);
  const padding = (side: number): Padding =>
    rule === 'SAME' ? samePadding(side, window, stride) : NO_PADDING;
  const sideAfter = (side: number): number => windowedSide(side, window, stride, padding(side));
  const { before, after } = padding(input.side);
  return {
    stride,
    pads: [before, before, after, after],
    sides: { side: sideAfter(input.side), tracedSide: sideAfter(input.tracedSide) },
  };
}

function square(attributes: Attributes, name: string): number {
  const list = attributes.integers(name);
  const [n, height = 0, width, c] = list;
  if (list.length !== 4 || n !== 1 || c !== 1 || height !== width || height < 1) {
    attributes.refuse(`${name}=[${list.join()}]`);
  }
  return height;
}

function floats({ data }: GraphTensor, attributes: Attributes): Float32Array {
  return data instanceof Float32Array ? data : attributes.refuse('weights that are not float32');
}

/** TensorFlow's filters are [height, width, in, out], those of ONNX [out, in, height, width]. */
function oihw({ shape, data }: GraphTensor): Float32Array {
  const [height = 0, width = 0, inputs = 0, outputs = 0] = shape;
  const turned = new Float32Array(data.length);
  const pixels = height * width;
  for (let pixel = 0; pixel < pixels; pixel += 1) {
    for (let i = 0; i < inputs; i += 1) {
      for (let o = 0; o < outputs; o += 1) {
        turned[(o * inputs + i) * pixels + pixel] = data[(pixel * inputs + i) * outputs + o] ?? 0;
      }
    }
  }
  return turned;
}
