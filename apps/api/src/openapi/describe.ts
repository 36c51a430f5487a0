import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse } from '@nestjs/swagger';
import { type NamedSchema, reference } from './schemas.ts';

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
  /** Media type of the body. */
  readonly bodyType?: string;
  /** By status. Problems that any route may answer need not be named. */
  readonly answers: Readonly<Record<number, Answer>>;
}

/** Describes a route for `/api/openapi.json`, with the very schemas that check what comes in. */
export function describe(route: RouteDescription): MethodDecorator {
  const decorators = [ApiOperation({ summary: route.summary })];
  if (route.body !== undefined) {
    const schema = reference(route.body, 'input');
    const type = route.bodyType ?? 'application/json';
    decorators.push(ApiBody({ required: true, schema, ...contentOf(type, schema) }));
  }
  for (const [status, answer] of Object.entries(route.answers)) {
    const schema =
      answer.schema === undefined ? { type: 'string' } : reference(answer.schema, 'output');
    const type = answer.type ?? (answer.schema === undefined ? undefined : 'application/json');
    decorators.push(
      ApiResponse({
        status: Number(status),
        description: answer.description,
        ...(type === undefined ? {} : contentOf(type, schema)),
      }),
    );
  }
  return applyDecorators(...decorators);
}

function contentOf(type: string, schema: object) {
  return { content: { [type]: { schema } } };
}
