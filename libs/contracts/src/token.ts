import { z } from 'zod';
import { cameraIdSchema } from './camera.ts';

/** What a caller may do, each role all that the one before it may: look; change cameras; rule. */
export const ROLES = ['viewer', 'operator', 'admin'] as const;

/** One of {@link ROLES}. */
export const roleSchema = z.enum(ROLES);

/** A token to be made. */
export const newTokenSchema = z
  .strictObject({
    /** For a person, to know it again in a list. */
    name: z.string().trim().min(1, 'must not be empty').max(100),
    role: roleSchema,
    /** The only cameras that its bearer gets to know of; absent or `null`: all, also later ones. */
    cameraIds: z.array(cameraIdSchema).min(1).max(1000).nullable().default(null),
  })
  .refine(({ role, cameraIds }) => role !== 'admin' || cameraIds === null, {
    path: ['cameraIds'],
    message: 'an admin cannot be limited to some cameras',
  });

/** A token as it is listed: never its secret, which the server does not have. */
export const tokenSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  role: roleSchema,
  /** `null`: all cameras. Empty when each of its cameras was deleted since. */
  cameraIds: z.array(cameraIdSchema).nullable(),
  createdAt: z.iso.datetime(),
  /** To the minute; `null`: never. */
  lastUsedAt: z.iso.datetime().nullable(),
});

/** A token that was just made, with its secret, this once. */
export const createdTokenSchema = tokenSchema.extend({ token: z.string() });

/** Who is calling. */
export const sessionSchema = z.strictObject({
  role: roleSchema,
  /** Of the token. */
  name: z.string(),
  /** `null`: all cameras. */
  cameraIds: z.array(cameraIdSchema).nullable(),
  /** `null`: the caller shows a token, which does not end. */
  expiresAt: z.iso.datetime().nullable(),
});

/** What a caller may do. */
export type Role = z.infer<typeof roleSchema>;
/** A token to be made, with every default filled in. */
export type NewToken = z.output<typeof newTokenSchema>;
/** A token as it is listed. */
export type Token = z.infer<typeof tokenSchema>;
/** A token that was just made, with its secret. */
export type CreatedToken = z.infer<typeof createdTokenSchema>;
/** Who is calling. */
export type Session = z.infer<typeof sessionSchema>;
