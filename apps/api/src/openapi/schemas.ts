import { z } from 'zod';

/** A schema with the name it bears in the OpenAPI document. */
export interface NamedSchema {
  readonly name: string;
  readonly schema: z.ZodType;
}

type Direction = 'input' | 'output';

// What comes in may leave out defaults, what goes out has them: the same schema reads differently.
const used = new Map<string, { readonly schema: z.ZodType; readonly direction: Direction }>();

/** Gives a schema its name in the OpenAPI document. */
export function named(name: string, schema: z.ZodType): NamedSchema {
  return { name, schema };
}

/** @returns a JSON reference to the schema, which from now on is part of the document */
export function reference({ name, schema }: NamedSchema, direction: Direction): { $ref: string } {
  const known = used.get(name);
  if (known !== undefined && (known.schema !== schema || known.direction !== direction)) {
    throw new Error(`The OpenAPI document has another schema called ${name}`);
  }
  used.set(name, { schema, direction });
  return { $ref: `#/components/schemas/${name}` };
}

/** Every schema that was referred to, as JSON Schema (draft 2020-12, as OpenAPI 3.1 has it). */
export function componentSchemas(): Record<string, object> {
  return Object.fromEntries(
    [...used].map(([name, { schema, direction }]) => {
      const json = z.toJSONSchema(schema, { io: direction });
      delete json.$schema;
      return [name, json];
    }),
  );
}
