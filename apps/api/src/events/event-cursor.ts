import { z } from 'zod';

/** Place of an event in the list. */
interface Place {
  readonly startedAt: number;
  readonly id: string;
}

export function encodeCursor({ startedAt, id }: Place): string {
  return Buffer.from(`${String(startedAt)} ${id}`).toString('base64url');
}

/** Reads what {@link encodeCursor} made. */
export const cursorSchema = z
  .string()
  .max(200)
  .transform((cursor, context): Place => {
    const words = Buffer.from(cursor, 'base64url').toString();
    const [, startedAt, id] = /^(-?\d{1,15}) ([0-9a-z-]+)$/.exec(words) ?? [];
    if (startedAt !== undefined && id !== undefined) return { startedAt: Number(startedAt), id };
    context.addIssue({ code: 'custom', message: 'must be the nextCursor of an earlier answer' });
    return z.NEVER;
  });
