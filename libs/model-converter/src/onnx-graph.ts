import {
  ELEMENT_TYPE,
  encodeModel,
  type AttributeMessage,
  type NodeMessage,
  type TensorMessage,
  type ValueInfoMessage,
} from './onnx-messages.ts';

/** Operator set that the models are written in; ONNX Runtime reads it since 1.12. */
const OPSET = 17;
const IR_VERSION = 8;

/** Attributes of a node by name: whole numbers, lists of them, or texts. */
export type NodeAttributes = Readonly<Record<string, number | readonly number[] | string>>;

/** An ONNX graph while it is being built; everything is written in the order in which it is added. */
export class OnnxGraph {
  readonly #nodes: NodeMessage[] = [];
  readonly #constants: TensorMessage[] = [];
  readonly #inputs: ValueInfoMessage[] = [];
  readonly #outputs: ValueInfoMessage[] = [];

  /** Adds the graph's input. */
  input(name: string, type: keyof typeof ELEMENT_TYPE, shape: readonly number[]): string {
    this.#inputs.push(valueInfo(name, type, shape));
    return name;
  }

  /** Declares a value to be an output of the graph. */
  output(name: string, type: keyof typeof ELEMENT_TYPE, shape: readonly number[]): void {
    this.#outputs.push(valueInfo(name, type, shape));
  }

  /**
   * Adds an operation.
   * @param name - becomes the name of the operation and of its only output
   * @returns the name of the output
   */
  node(
    op: string,
    name: string,
    inputs: readonly string[],
    attributes: NodeAttributes = {},
  ): string {
    this.nodeWithOutputs(op, name, inputs, [name], attributes);
    return name;
  }

  /** Adds an operation with several outputs. */
  nodeWithOutputs(
    op: string,
    name: string,
    inputs: readonly string[],
    outputs: readonly string[],
    attributes: NodeAttributes = {},
  ): void {
    this.#nodes.push({
      name,
      op_type: op,
      input: inputs,
      output: outputs,
      attribute: Object.entries(attributes).map(([key, value]) => attribute(key, value)),
    });
  }

  /** Adds a constant of float32 numbers. */
  floats(name: string, shape: readonly number[], data: Float32Array): string {
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    return this.#constant(name, ELEMENT_TYPE.float32, shape, bytes);
  }

  /** Adds a constant list of whole numbers. */
  integers(name: string, values: readonly number[]): string {
    const bytes = new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
    return this.#constant(name, ELEMENT_TYPE.int64, [values.length], bytes);
  }

  /** The bytes of the model, with `metadata` inside in the order of its keys. */
  encode(name: string, metadata: Readonly<Record<string, string>>): Uint8Array {
    return encodeModel({
      ir_version: IR_VERSION,
      producer_name: 'lookout',
      opset_import: [{ domain: '', version: OPSET }],
      metadata_props: Object.entries(metadata)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, value]) => ({ key, value })),
      graph: {
        name,
        node: this.#nodes,
        initializer: this.#constants,
        input: this.#inputs,
        output: this.#outputs,
      },
    });
  }

  #constant(name: string, type: number, dims: readonly number[], bytes: Uint8Array): string {
    this.#constants.push({ name, dims, data_type: type, raw_data: bytes });
    return name;
  }
}

function attribute(name: string, value: number | readonly number[] | string): AttributeMessage {
  if (typeof value === 'number') return { name, type: 'INT', i: value };
  if (typeof value === 'string') return { name, type: 'STRING', s: Buffer.from(value, 'utf8') };
  return { name, type: 'INTS', ints: value };
}

function valueInfo(
  name: string,
  type: keyof typeof ELEMENT_TYPE,
  shape: readonly number[],
): ValueInfoMessage {
  const dim = shape.map((side) => ({ dim_value: side }));
  return { name, type: { tensor_type: { elem_type: ELEMENT_TYPE[type], shape: { dim } } } };
}
