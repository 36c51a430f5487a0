import { z } from 'zod';

/** An error as RFC 9457 (application/problem+json) has it. */
export const problemSchema = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  /** For bad input: which field, and what is wrong with it. */
  errors: z.array(z.strictObject({ path: z.string(), message: z.string() })).optional(),
});

/** An error as RFC 9457 has it. */
export type Problem = z.infer<typeof problemSchema>;
