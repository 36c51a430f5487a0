import { z } from 'zod';
import { ConversionError } from './conversion-error.ts';

const dimensionsSchema = z.object({
  dim: z.array(z.object({ size: z.coerce.number().int() })).default([]),
});

/** One attribute of a node, as protobuf's JSON has it; strings are in base64. */
const attributeSchema = z.strictObject({
  type: z.string().optional(),
  b: z.boolean().optional(),
  f: z.number().optional(),
  i: z.coerce.number().int().optional(),
  s: z.string().optional(),
  shape: z.object({ shape: dimensionsSchema }).or(dimensionsSchema).optional(),
  tensor: z.unknown().optional(),
  list: z
    .object({ i: z.array(z.coerce.number().int()).optional(), s: z.array(z.string()).optional() })
    .optional(),
});

const nodeSchema = z.object({
  name: z.string(),
  op: z.string(),
  input: z.array(z.string()).default([]),
  attr: z.record(z.string(), attributeSchema).default({}),
});

const graphModelSchema = z.object({
  format: z.literal('graph-model'),
  modelTopology: z.object({ node: z.array(nodeSchema) }),
  weightsManifest: z.array(
    z.object({
      paths: z.array(z.string()),
      weights: z.array(
        z.strictObject({
          name: z.string(),
          shape: z.array(z.int().min(0)),
          dtype: z.enum(['float32', 'int32']),
        }),
      ),
    }),
  ),
});

/** One attribute of a TensorFlow node. */
export type GraphAttribute = z.infer<typeof attributeSchema>;
/** One operation of a TensorFlow graph. */
export type GraphNode = z.infer<typeof nodeSchema>;

/** A constant of a TensorFlow graph, row by row. */
export interface GraphTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array;
}

/** A TensorFlow.js graph model in memory. */
export interface GraphModel {
  /** Operations by name. */
  readonly nodes: ReadonlyMap<string, GraphNode>;
  /** Values of the `Const` operations by name. */
  readonly constants: ReadonlyMap<string, GraphTensor>;
}

/**
 * Reads a TensorFlow.js graph model with plain float32 and int32 weights.
 * @param description - text of its `model.json`
 * @param readWeights - gives the bytes of a file that lies beside `model.json`
 * @throws ConversionError when it is not such a model, or its weights are not all there
 */
export function readGraphModel(
  description: string,
  readWeights: (path: string) => Uint8Array,
): GraphModel {
  const parsed = graphModelSchema.safeParse(parseJson(description));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ConversionError(
      'This is not a TensorFlow.js graph model that can be read: ' +
        `${String(issue?.message)} at ${String(issue?.path.join('.'))}`,
    );
  }
  const { modelTopology, weightsManifest } = parsed.data;
  const constants = new Map<string, GraphTensor>();
  for (const group of weightsManifest) {
    const bytes = concat(group.paths.map(readWeights));
    let offset = 0;
    for (const { name, shape, dtype } of group.weights) {
      const end = offset + 4 * shape.reduce((count, side) => count * side, 1);
      if (end > bytes.length) throw new ConversionError(`The weights end in the middle of ${name}`);
      const buffer = bytes.slice(offset, end).buffer;
      const data = dtype === 'float32' ? new Float32Array(buffer) : new Int32Array(buffer);
      constants.set(name, { shape, data });
      offset = end;
    }
    if (offset !== bytes.length) {
      throw new ConversionError(
        `${String(bytes.length - offset)} bytes of weights belong to nothing`,
      );
    }
  }
  return { nodes: new Map(modelTopology.node.map((node) => [node.name, node])), constants };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
