import { z } from 'zod';

/** What an import did, or would do, with each camera of the file. */
export const importReportSchema = z.strictObject({
  /** Nothing was changed; this is what would be. */
  dryRun: z.boolean(),
  /** In the order of the file. */
  cameras: z.array(
    z.strictObject({
      /** Given by the file, or made from the name; `null` when there is neither. */
      id: z.string().nullable(),
      outcome: z.enum(['created', 'replaced', 'skipped', 'invalid']),
      /** What is wrong with it; empty unless it is `invalid`. */
      errors: z.array(z.strictObject({ path: z.string(), message: z.string() })),
    }),
  ),
});

export type ImportReport = z.infer<typeof importReportSchema>;
