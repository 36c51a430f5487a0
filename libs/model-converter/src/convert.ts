import { Attributes } from './attributes.ts';
import { ConversionError } from './conversion-error.ts';
import type { Feature } from './feature.ts';
import type { GraphModel, GraphNode } from './graph-model.ts';
import { OnnxGraph } from './onnx-graph.ts';
import { OPERATORS } from './operators.ts';
import { writeYoloHead, type Anchor } from './yolo-head.ts';

/** How a model is to be written. */
export interface ConversionOptions {
  /** Side of the square input in pixels, a multiple of 32. */
  readonly input: number;
  readonly classCount: number;
  /** Anchors of each detection map, finest first. */
  readonly anchors: readonly (readonly Anchor[])[];
  /** Kept inside the model, for whoever opens it. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** Name of the model's only input. */
const INPUT = 'image';

/**
 * Converts a YOLOv5 model from a TensorFlow.js graph to ONNX. The network is taken over up to its
 * detection convolutions; the decoding head behind them is written anew, so that it fits any input
 * size. The input is `[1, input, input, 3]` of uint8 (RGB), scaled and turned inside the graph; for
 * the output see `writeYoloHead`. The same model and options always give the same bytes.
 * @throws ConversionError for an operation or attribute that is not known, naming the node
 */
export function convertYolo(model: GraphModel, options: ConversionOptions): Uint8Array {
  if (!Number.isInteger(options.input) || options.input < 32 || options.input % 32 !== 0) {
    throw new ConversionError(
      `The input must be a multiple of 32 pixels, and ${String(options.input)} is not`,
    );
  }
  const graph = new OnnxGraph();
  const network = new Network(model, graph, options.input);
  const maps = detectionConvolutions(model)
    .map((name) => network.translate(name))
    .toSorted((a, b) => b.side - a.side);
  writeYoloHead(graph, maps, options.anchors, options.input, options.classCount);
  return graph.encode('yolo', options.metadata);
}

/** Translates nodes when they are asked for, each once, so that the graph is in order of use. */
class Network {
  readonly #model: GraphModel;
  readonly #graph: OnnxGraph;
  readonly #input: number;
  readonly #done = new Map<string, Feature>();

  constructor(model: GraphModel, graph: OnnxGraph, input: number) {
    this.#model = model;
    this.#graph = graph;
    this.#input = input;
  }

  translate(name: string): Feature {
    const known = this.#done.get(name);
    if (known !== undefined) return known;
    const node = nodeOf(this.#model, name);
    const feature = node.op === 'Placeholder' ? this.#picture(node) : this.#operation(node);
    this.#done.set(name, feature);
    return feature;
  }

  #operation(node: GraphNode): Feature {
    const operator = Object.hasOwn(OPERATORS, node.op) ? OPERATORS[node.op] : undefined;
    if (operator === undefined) {
      throw new ConversionError(`${node.op} ${node.name} is an operation that is not known`);
    }
    const attributes = new Attributes(node);
    attributes.expectFloats();
    const input = (index: number): string =>
      node.input[index] ?? attributes.refuse(`its input ${String(index)} missing`);
    const feature = operator({
      node,
      attributes,
      graph: this.#graph,
      feature: (index) => this.translate(input(index)),
      constant: (index) =>
        this.#model.constants.get(input(index)) ??
        attributes.refuse(`its input ${String(index)} not constant`),
    });
    attributes.done();
    return feature;
  }

  /** The input: uint8 NHWC to float NCHW between 0 and 1. */
  #picture(node: GraphNode): Feature {
    const shape = node.attr['shape']?.shape;
    const dimensions = shape === undefined ? [] : ('dim' in shape ? shape : shape.shape).dim;
    const [n, height = 0, width, channels] = dimensions.map(({ size }) => size);
    if (n !== 1 || height < 1 || height !== width || channels !== 3) {
      throw new ConversionError(
        `${node.op} ${node.name} is not a square picture of three channels`,
      );
    }
    const graph = this.#graph;
    const image = graph.input(INPUT, 'uint8', [1, this.#input, this.#input, 3]);
    const turned = graph.node('Transpose', 'image/turned', [image], { perm: [0, 3, 1, 2] });
    const numbers = graph.node('Cast', 'image/numbers', [turned], { to: 1 });
    const factor = graph.floats('image/factor', [], Float32Array.of(1 / 255));
    const name = graph.node('Mul', 'image/scaled', [numbers, factor]);
    return { name, channels, side: this.#input, tracedSide: height };
  }
}

/** The last convolutions on the way to the graph's output: what comes behind them is the old head. */
function detectionConvolutions(model: GraphModel): string[] {
  const used = new Set([...model.nodes.values()].flatMap(({ input }) => input));
  const found = new Set<string>();
  const visit = (name: string): void => {
    const node = nodeOf(model, name);
    if (node.op === '_FusedConv2D') found.add(name);
    else node.input.forEach(visit);
  };
  for (const name of model.nodes.keys()) if (!used.has(name)) visit(name);
  return [...found];
}

function nodeOf(model: GraphModel, name: string): GraphNode {
  const node = model.nodes.get(name);
  if (node === undefined) throw new ConversionError(`The graph has no node called ${name}`);
  return node;
}
