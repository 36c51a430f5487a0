import type { AuditAction } from '@lookout/contracts';
import { SetMetadata } from '@nestjs/common';

export const AUDITED = Symbol('Audited');

/** Has every call of a route that did not fail written into the audit log. */
export const Audited = (action: AuditAction) => SetMetadata(AUDITED, action);
