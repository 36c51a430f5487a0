import { Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { AuditEntry, AuditPage as Page } from '@lookout/contracts';
import { formatMoment } from '../figures/age.ts';
import { reasonOf } from '../server/request-failure.ts';
import { Rest } from '../server/rest.ts';
import { ServerClock } from '../server/server-clock.ts';
import { auditWords } from './audit-words.ts';

const PATH = '/api/v1/audit?limit=50';

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
      refused: entry.action === 'session.refused',
      fields: entry.fields.join(', '),
    })),
  );

  constructor() {
    void this.renew();
  }

  protected renew(): Promise<void> {
    return this.#load(PATH, () => []);
  }

  protected more(): Promise<void> {
    return this.#load(`${PATH}&cursor=${this.cursor() ?? ''}`, () => this.#entries());
  }

  async #load(path: string, before: () => readonly AuditEntry[]): Promise<void> {
    if (this.busy()) return;
    this.busy.set(true);
    this.problem.set(null);
    try {
      const { items, nextCursor } = await this.#rest.get<Page>(path);
      this.#entries.set([...before(), ...items]);
      this.cursor.set(nextCursor);
    } catch (error) {
      this.problem.set(reasonOf(error));
    } finally {
      this.busy.set(false);
    }
  }
}
