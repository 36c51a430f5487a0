import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiResponse } from '@nestjs/swagger';
import { type NamedSchema, reference } from './schemas.ts';

/** Names the one example of a body on its way into the document. */
export const EXAMPLE = 'example';

/** What a route answers: JSON by a schema, some other type of content, or nothing but the words. */
export interface Answer {
  readonly description: string;
  readonly schema?: NamedSchema;
  /** Media type of an answer that is not JSON. */
  readonly type?: string;
}

/** A route in the words of the OpenAPI document. */
export interface RouteDescription {
  readonly summary: string;
  readonly body?: NamedSchema;
  /** Media types that the body may have; JSON when none is named. */
  readonly bodyTypes?: readonly string[];
  /** A body that does what the route is for; a test sends it. */
  readonly example?: unknown;
  /** By status. Problems that any route may answer need not be named. */
  readonly answers: Readonly<Record<number, Answer>>;
}

/** Describes a route for `/api/openapi.json`, with the very schemas that check what comes in. */
export function describe(route: RouteDescription): MethodDecorator {
  const decorators: MethodDecorator[] = [ApiOperation({ summary: route.summary })];
  if (route.body !== undefined) {
    const schema = reference(route.body, 'input');
    decorators.push(
      ApiConsumes(...(route.bodyTypes ?? ['application/json'])),
      ApiBody({ required: true, schema, examples: { [EXAMPLE]: { value: route.example } } }),
    );
  }
  for (const [status, answer] of Object.entries(route.answers)) {
    const schema =
      answer.schema === undefined ? { type: 'string' } : reference(answer.schema, 'output');
    const type = answer.type ?? (answer.schema === undefined ? undefined : 'application/json');
    decorators.push(
      ApiResponse({
        status: Number(status),
        description: answer.description,
        ...(type === undefined ? {} : { content: { [type]: { schema } } }),
      }),
    );
  }
  return applyDecorators(...decorators);
}
