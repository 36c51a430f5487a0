import { BadRequestException } from '@nestjs/common';
import type { z } from 'zod';

/** What is wrong with one field; `path` is dotted, empty for the whole. */
export interface InputError {
  readonly path: string;
  readonly message: string;
}

/** A client sent something that cannot be accepted; every fault is named. */
export class InvalidInput extends BadRequestException {
  constructor(readonly errors: readonly InputError[]) {
    super(
      errors.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; '),
    );
  }

  static of(error: z.ZodError): InvalidInput {
    return new InvalidInput(error.issues.flatMap(toErrors));
  }
}

function toErrors(issue: z.core.$ZodIssue): InputError[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...issue.path, key].join('.'),
      message: 'is not a known field',
    }));
  }
  return [{ path: issue.path.join('.'), message: issue.message }];
}
