import type { AuditEntry } from '@lookout/contracts';
import type { InjectionToken } from '@nestjs/common';

/** Where the audit log is kept. It has a bound: what is oldest is forgotten. */
export interface AuditRepository {
  add(entry: Omit<AuditEntry, 'id'>): Promise<void>;
  /** @returns at most `limit` entries with an id below `before`, newest first */
  list(before: number, limit: number): Promise<AuditEntry[]>;
}

export const AUDIT_REPOSITORY: InjectionToken<AuditRepository> = Symbol('AuditRepository');
