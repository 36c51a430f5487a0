import type { PipeTransform } from '@nestjs/common';
import type { z } from 'zod';
import { InvalidInput } from './invalid-input.ts';

/** Lets through what the schema accepts, as the schema makes it. */
export class ZodPipe<Output> implements PipeTransform<unknown, Output> {
  readonly #schema: z.ZodType<Output>;

  constructor(schema: z.ZodType<Output>) {
    this.#schema = schema;
  }

  transform(value: unknown): Output {
    const parsed = this.#schema.safeParse(value);
    if (!parsed.success) throw InvalidInput.of(parsed.error);
    return parsed.data;
  }
}
