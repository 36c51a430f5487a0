import { z } from 'zod';

/** A model that cameras may name. */
export const modelSchema = z.strictObject({
  id: z.string(),
  /** What it is, in a line for a person. */
  title: z.string(),
  /** Side of its square input in pixels. */
  input: z.int(),
  /** What it can tell apart, by class id. */
  labels: z.array(z.string()),
  licence: z.strictObject({
    /** SPDX's short name. */
    id: z.string(),
    holder: z.string(),
    url: z.string(),
    /** What a user must know, in plain words. */
    notice: z.string(),
  }),
  /** Whether its file is there and whole on the api's machine, or a worker has it in memory. */
  installed: z.boolean(),
  /** Whether cameras that name no model get this one. */
  isDefault: z.boolean(),
});

/** A model that cameras may name. */
export type Model = z.infer<typeof modelSchema>;
