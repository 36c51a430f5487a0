import type { AuditAction, AuditPage } from '@lookout/contracts';
import type { Clock } from '@lookout/timing';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK } from '../tokens.ts';
import { AUDIT_REPOSITORY, type AuditRepository } from './audit.repository.ts';

/** Something that was done, and by whom. */
export interface Deed {
  readonly action: AuditAction;
  readonly subject?: string | null;
  /** `null`: nobody known. */
  readonly actor: { readonly tokenId: string; readonly name: string } | null;
  readonly address: string | undefined;
  readonly fields?: readonly string[];
}

/** Who did what, when and from where. */
@Injectable()
export class AuditLog {
  constructor(
    @Inject(AUDIT_REPOSITORY) private readonly repository: AuditRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async record({ action, subject = null, actor, address = '', fields = [] }: Deed): Promise<void> {
    const at = new Date(this.clock.now()).toISOString();
    const who = actor === null ? null : { tokenId: actor.tokenId, name: actor.name };
    await this.repository.add({ at, action, subject, actor: who, address, fields: [...fields] });
  }

  /** @param cursor - of the page before; absent for the newest entries */
  async page(cursor: number | undefined, limit: number): Promise<AuditPage> {
    const found = await this.repository.list(cursor ?? Number.MAX_SAFE_INTEGER, limit + 1);
    const items = found.slice(0, limit);
    const more = found.length > limit;
    return { items, nextCursor: more ? String(items.at(-1)?.id) : null };
  }
}
