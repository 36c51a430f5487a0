import type { OpenAPIObject } from '@nestjs/swagger';
import { EXAMPLE } from './describe.ts';
import { Problem } from './problem-schema.ts';
import { reference } from './schemas.ts';

type PathItem = OpenAPIObject['paths'][string];
type Operation = NonNullable<PathItem['get']>;

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** Name of the security scheme for tokens in the address. */
export const TOKEN_IN_ADDRESS = 'address';

/** What can go wrong with requests of a kind, whatever the route. */
const FAULTS = {
  400: 'Something in the request cannot be accepted; `errors` names every fault',
  401: 'A valid token is needed',
  403: 'The caller may not do this',
  404: 'There is no such thing',
  413: 'The body is too large',
  415: 'The body is in a type that is not read here',
} as const;

/** A path's operations with their methods. */
export function methodsOf(path: PathItem): [(typeof METHODS)[number], Operation][] {
  return METHODS.flatMap((method) => {
    const operation = path[method];
    return operation === undefined ? [] : [[method, operation]];
  });
}

/** Adds to an operation what holds for all of its kind: who may call it, and how it may fail. */
export function finishOperation(path: string, operation: Operation): void {
  const isOpen = take(operation, 'x-open-to-all');
  const takesAddress = take(operation, 'x-token-in-address');
  const schemes = ['bearer', 'cookie', ...(takesAddress ? [TOKEN_IN_ADDRESS] : [])];
  operation.security = isOpen ? [] : schemes.map((scheme) => ({ [scheme]: [] }));

  const { requestBody: body } = operation;
  const media = body !== undefined && 'content' in body ? Object.values(body.content) : [];
  for (const each of media) {
    const { examples } = each;
    delete each.examples;
    const only = examples?.[EXAMPLE];
    if (only !== undefined && 'value' in only) each.example = only.value as unknown;
  }
  const faults: (keyof typeof FAULTS)[] = [400];
  if (!isOpen) faults.push(401, 403);
  if (path.includes('{')) faults.push(404);
  if (media.length > 0) faults.push(413, 415);
  for (const status of faults) operation.responses[status] ??= { description: FAULTS[status] };
  operation.responses.default = { description: 'A problem' };
  const content = { 'application/problem+json': { schema: reference(Problem, 'output') } };
  for (const [status, response] of Object.entries(operation.responses)) {
    const isFault = status === 'default' || Number(status) >= 400;
    if (isFault && response !== undefined) Object.assign(response, { content });
  }
  for (const parameter of operation.parameters ?? []) {
    if (!('in' in parameter) || parameter.in !== 'path' || parameter.name !== 'id') continue;
    parameter.example ??= 'gate';
  }
}

function take(operation: Operation, extension: string): boolean {
  const fields = operation as unknown as Record<string, unknown>;
  const found = fields[extension] === true;
  Reflect.deleteProperty(fields, extension);
  return found;
}
