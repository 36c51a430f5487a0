import { cameraIdSchema, eventStateSchema } from '@lookout/contracts';
import { z } from 'zod';
import { cursorSchema } from './event-cursor.ts';

const moment = z.iso
  .datetime({
    offset: true,
    error: 'must be a moment with its zone, as 2026-01-31T08:00:00Z; write the + of a zone as %2B',
  })
  .transform((text) => Date.parse(text));

/** The query of a list of events. */
export const eventFilterSchema = z
  .strictObject({
    cameraId: cameraIdSchema.optional(),
    label: z.string().min(1).max(100).optional(),
    state: eventStateSchema.optional(),
    from: moment.optional(),
    to: moment.optional(),
    cursor: cursorSchema.optional(),
    limit: z
      .string()
      .regex(/^\d{1,4}$/, 'must be a whole number')
      .transform(Number)
      .pipe(z.int().min(1).max(200))
      .default(50),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    path: ['to'],
    message: 'must not be before from',
  });

/** Which events a caller asks for. */
export type EventFilter = z.output<typeof eventFilterSchema>;
