/** The files of a TensorFlow.js graph model: its description and its only file of weights. */
export interface GraphFiles {
  /** Text of `model.json`. */
  readonly description: string;
  /** Bytes of `weights.bin`. */
  readonly weights: Uint8Array;
}

type Attribute = Record<string, unknown>;

/** Writes small TensorFlow.js graph models, as the converter of TensorFlow.js would. */
export class GraphBuilder {
  readonly #nodes: {
    name: string;
    op: string;
    input: string[];
    attr: Record<string, Attribute>;
  }[] = [];
  readonly #weights: { name: string; shape: number[]; dtype: string }[] = [];
  readonly #bytes: Uint8Array[] = [];

  /** The input: a square picture of three channels. */
  picture(side: number): string {
    const dim = [1, side, side, 3].map((size) => ({ size: String(size) }));
    return this.node('Placeholder', 'picture', [], {
      dtype: { type: 'DT_FLOAT' },
      shape: { shape: { dim } },
    });
  }

  /** Any operation. */
  node(op: string, name: string, input: string[], attr: Record<string, Attribute> = {}): string {
    this.#nodes.push({ name, op, input, attr: { T: { type: 'DT_FLOAT' }, ...attr } });
    return name;
  }

  /** A constant. */
  constant(name: string, shape: number[], data: Float32Array | Int32Array): string {
    const dtype = data instanceof Float32Array ? 'float32' : 'int32';
    this.#nodes.push({ name, op: 'Const', input: [], attr: {} });
    this.#weights.push({ name, shape, dtype });
    this.#bytes.push(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    return name;
  }

  /** A convolution with a bias. */
  convolution(
    name: string,
    input: string,
    filter: { shape: number[]; data: Float32Array },
    bias: Float32Array,
    options: { stride?: number; padding?: string; attr?: Record<string, Attribute> } = {},
  ): string {
    const { stride = 1, padding = 'SAME', attr = {} } = options;
    const weights = this.constant(`${name}/filter`, filter.shape, filter.data);
    const offsets = this.constant(`${name}/bias`, [bias.length], bias);
    return this.node('_FusedConv2D', name, [input, weights, offsets], {
      ...windowAttributes(stride, padding),
      fused_ops: { list: { s: [base64('BiasAdd')] } },
      num_args: { i: '1' },
      epsilon: { f: 0 },
      use_cudnn_on_gpu: { b: true },
      dilations: { list: { i: ['1', '1', '1', '1'] } },
      ...attr,
    });
  }

  /** A pool that takes the largest of a window. */
  maxPool(name: string, input: string, window: number, stride: number, padding = 'SAME'): string {
    return this.node('MaxPool', name, [input], {
      ...windowAttributes(stride, padding),
      ksize: { list: { i: ['1', String(window), String(window), '1'] } },
    });
  }

  /** The finished files. */
  files(): GraphFiles {
    const description = JSON.stringify({
      format: 'graph-model',
      modelTopology: { node: this.#nodes },
      weightsManifest: [{ paths: ['weights.bin'], weights: this.#weights }],
    });
    return { description, weights: Buffer.concat(this.#bytes) };
  }
}

function windowAttributes(stride: number, padding: string): Record<string, Attribute> {
  return {
    strides: { list: { i: ['1', String(stride), String(stride), '1'] } },
    padding: { s: base64(padding) },
    data_format: { s: base64('NHWC') },
    explicit_paddings: { list: {} },
  };
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
