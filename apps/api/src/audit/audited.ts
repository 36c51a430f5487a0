import type { AuditAction } from '@lookout/contracts';
import { SetMetadata } from '@nestjs/common';

export const AUDITED = Symbol('Audited');

/** How the calls of a route are written down. */
export interface AuditMark {
  readonly action: AuditAction;
  /** Whether the route has a `dryRun`, of which nothing comes. */
  readonly dryRun: boolean;
}

/** Has every call of a route that did not fail written into the audit log. */
export const Audited = (action: AuditAction, { dryRun = false } = {}) =>
  SetMetadata(AUDITED, { action, dryRun } satisfies AuditMark);
