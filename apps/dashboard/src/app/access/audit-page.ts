import { Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { AuditEntry } from '@lookout/contracts';
import { formatMoment } from '../figures/age.ts';
import { reasonOf } from '../server/request-failure.ts';
import { Rest } from '../server/rest.ts';
import { ServerClock } from '../server/server-clock.ts';
import { auditWords } from './audit-words.ts';

const PAGE_SIZE = 50;

/** Who did what, newest first. */
@Component({
  selector: 'lo-audit-page',
  imports: [MatButton],
  templateUrl: './audit-page.html',
  styleUrls: ['./access.scss', './audit-page.scss'],
})
export class AuditPage {
  readonly #rest = inject(Rest);
  readonly #clock = inject(ServerClock);
  readonly #entries = signal<readonly AuditEntry[]>([]);
  protected readonly cursor = signal<string | null>(null);
  protected readonly busy = signal(false);
  protected readonly problem = signal<string | null>(null);
  protected readonly rows = computed(() =>
    this.#entries().map((entry) => ({
      id: entry.id,
      at: formatMoment(Date.parse(entry.at), this.#clock.now()),
      actor: entry.actor?.name ?? 'nobody known',
      address: entry.address,
      did: auditWords(entry),
      refused: entry.action.endsWith('.refused'),
      fields: entry.fields.join(', '),
    })),
  );

  constructor() {
    void this.renew();
  }

  protected renew(): Promise<void> {
    return this.#load([]);
  }

  protected more(): Promise<void> {
    return this.#load(this.#entries(), this.cursor() ?? undefined);
  }

  async #load(before: readonly AuditEntry[], cursor?: string): Promise<void> {
    if (this.busy()) return;
    this.busy.set(true);
    this.problem.set(null);
    try {
      const { items, nextCursor } = await this.#rest.get('/api/v1/audit', {
        query: { limit: PAGE_SIZE, ...(cursor === undefined ? {} : { cursor }) },
      });
      this.#entries.set([...before, ...items]);
      this.cursor.set(nextCursor);
    } catch (error) {
      this.problem.set(reasonOf(error));
    } finally {
      this.busy.set(false);
    }
  }
}
