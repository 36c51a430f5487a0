import fc from 'fast-check';

/** As much of a JSON Schema as the request bodies of the document use. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly example?: unknown;
}

const HOSTILE_STRINGS = [
  '',
  ' ',
  '\0',
  '../../../../etc/passwd',
  'file:///etc/passwd',
  'rtsp://user:p%40ss@10.0.0.5/x?token=***',
  'rtsp://***:***@169.254.169.254/latest/meta-data',
  'http://[::1]:1/\r\nHost: x',
  '-i /dev/zero',
  '$(reboot)',
  "'; DROP TABLE cameras; --",
  '\u202Egnp.\u0000\uFFFF',
  '\uD800',
  '👩‍👩‍👧‍👦'.repeat(20),
  'x'.repeat(5000),
  '{{7*7}}',
  '__proto__',
];

const HOSTILE_NUMBERS = [0, -0, -1, 1e308, -1e308, 5e-324, 2 ** 53, 2 ** 63, 0.1 + 0.2, 61];

const HOSTILE_NAMES = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'id',
  '',
  '$ref',
  'a.b',
];

function deep(levels: number): unknown {
  return JSON.parse('{"a":['.repeat(levels) + '1' + ']}'.repeat(levels));
}

/** Anything that JSON can hold, and what most often breaks who reads it. */
export const hostile: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(...HOSTILE_STRINGS),
  fc.constantFrom<unknown>(...HOSTILE_NUMBERS),
  fc.constantFrom<unknown>(null, true, false, [], {}, [[[[]]]]),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.nat(2000).map(deep),
  fc.dictionary(fc.oneof(fc.constantFrom(...HOSTILE_NAMES), fc.string()), fc.jsonValue()),
  fc.jsonValue({ maxDepth: 4 }),
);

/** Bodies that are nearly what the schema asks for, with something hostile here and there. */
export function bodyOf(
  schema: JsonSchema,
  schemas: Readonly<Record<string, JsonSchema>>,
): fc.Arbitrary<unknown> {
  const fitting = fittingOf(schema, schemas);
  return fc.oneof({ arbitrary: fitting, weight: 40 }, { arbitrary: hostile, weight: 1 });
}

function fittingOf(
  schema: JsonSchema,
  schemas: Readonly<Record<string, JsonSchema>>,
): fc.Arbitrary<unknown> {
  const { $ref, anyOf, oneOf } = schema;
  if ($ref !== undefined) return bodyOf(schemas[$ref.split('/').at(-1) ?? ''] ?? {}, schemas);
  const choices = anyOf ?? oneOf;
  if (choices !== undefined) return fc.oneof(...choices.map((one) => bodyOf(one, schemas)));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case 'object':
      return objectOf(schema, schemas);
    case 'array':
      return fc.array(bodyOf(schema.items ?? {}, schemas), { maxLength: 5 });
    case 'string': {
      const example = fc.constant(schema.example ?? 'Gate');
      return fc.oneof(
        { arbitrary: example, weight: 8 },
        { arbitrary: fc.string(), weight: 1 },
        { arbitrary: fc.constantFrom(...HOSTILE_STRINGS), weight: 1 },
      );
    }
    case 'integer':
    case 'number':
      return fc.oneof(
        { arbitrary: numberOf(schema), weight: 8 },
        { arbitrary: fc.constantFrom(...HOSTILE_NUMBERS), weight: 1 },
      );
    case 'boolean':
      return fc.boolean();
    case undefined:
    default:
      return hostile;
  }
}

function numberOf({ minimum = 0, maximum = 100 }: JsonSchema): fc.Arbitrary<number> {
  return fc.integer({ min: Math.ceil(minimum), max: Math.floor(maximum) });
}

function objectOf(
  { properties = {}, required = [] }: JsonSchema,
  schemas: Readonly<Record<string, JsonSchema>>,
): fc.Arbitrary<unknown> {
  const fields = Object.fromEntries(
    Object.entries(properties).map(([name, field]) => [name, bodyOf(field, schemas)]),
  );
  const requiredKeys = required.filter((name) => name in fields);
  const plain = fc.record(fields, { requiredKeys });
  const strange = fc.tuple(plain, fc.constantFrom(...HOSTILE_NAMES), hostile).map(
    // `fromEntries`, since an assignment to `__proto__` would make no field of that name.
    ([body, name, value]) => Object.fromEntries([...Object.entries(body), [name, value]]),
  );
  return fc.oneof({ arbitrary: plain, weight: 6 }, { arbitrary: strange, weight: 1 });
}

/** Ids as somebody might write them into an address; some are sent as they are, some escaped. */
export const pathId: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('none', '%00', '..%2f..', 'a%2Fb', '%zz', '%', '__proto__', 'constructor'),
  fc.constantFrom('a'.repeat(3000), '%F0%9F%98%80', '%c0%af', ';', "'--", '*', '%2e%2e'),
  fc.string({ minLength: 1, maxLength: 40 }).map((text) => encodeURIComponent(text.toWellFormed())),
);
