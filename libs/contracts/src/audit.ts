import { z } from 'zod';

/** What is written down. */
export const AUDIT_ACTIONS = [
  'camera.created',
  'camera.changed',
  'camera.deleted',
  'cameras.exported',
  'cameras.imported',
  'event.deleted',
  'token.created',
  'token.revoked',
  'session.begun',
  'session.refused',
  'token.refused',
  'webhook.created',
  'webhook.changed',
  'webhook.deleted',
  'webhook.rotated',
  'webhook.tested',
  'webhook.redelivered',
] as const;

/** One thing that somebody did, or was refused. */
export const auditEntrySchema = z.strictObject({
  /** Higher for what came later. */
  id: z.int().min(1),
  at: z.iso.datetime(),
  action: z.enum(AUDIT_ACTIONS),
  /** Id of what it was done to, such as a camera or a token; `null` where there is none. */
  subject: z.string().nullable(),
  /** Who did it: id and name of a token; `null` for who showed no valid one. */
  actor: z.strictObject({ tokenId: z.string(), name: z.string() }).nullable(),
  /** Network address that the call came from. */
  address: z.string(),
  /** Paths of the fields that were set, such as `detection.minConfidence`; never their values. */
  fields: z.array(z.string()),
});

/** A part of the audit log, newest first. */
export const auditPageSchema = z.strictObject({
  items: z.array(auditEntrySchema),
  /** To be given as `cursor` for what came before; `null` at the end. */
  nextCursor: z.string().nullable(),
});

/** What is written down. */
export type AuditAction = (typeof AUDIT_ACTIONS)[number];
/** One thing that somebody did, or was refused. */
export type AuditEntry = z.infer<typeof auditEntrySchema>;
/** A part of the audit log, newest first. */
export type AuditPage = z.infer<typeof auditPageSchema>;
