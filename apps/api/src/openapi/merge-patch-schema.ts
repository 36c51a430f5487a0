import { z } from 'zod';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/**
 * The JSON Schema of a merge patch (RFC 7396) for what a schema accepts: every field may be left
 * out, and may be `null`, which puts it back to its default.
 */
export function mergePatchSchema(schema: z.ZodType): JsonSchema {
  const json = z.toJSONSchema(schema, { io: 'input' });
  delete json.$schema;
  return patchOf(json);
}

function patchOf(schema: JsonSchema): JsonSchema {
  const patch = { ...schema };
  delete patch.default;
  if (schema.type === 'object') {
    delete patch.required;
    patch.properties = Object.fromEntries(
      Object.entries(schema.properties ?? {}).map(([name, field]) => [name, nullable(field)]),
    );
  }
  if (schema.oneOf !== undefined) {
    // Without the field that tells them apart, several may fit.
    delete patch.oneOf;
    patch.anyOf = schema.oneOf.map((one) => (typeof one === 'boolean' ? one : patchOf(one)));
  }
  return patch;
}

function nullable(schema: JsonSchema | boolean): JsonSchema | boolean {
  if (typeof schema === 'boolean') return schema;
  const patch = patchOf(schema);
  const { anyOf } = patch;
  if (anyOf === undefined) return { anyOf: [patch, { type: 'null' }] };
  const takesNull = anyOf.some((one) => typeof one === 'object' && one.type === 'null');
  return takesNull ? patch : { ...patch, anyOf: [...anyOf, { type: 'null' }] };
}
