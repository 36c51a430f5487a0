import {
  Component,
  computed,
  DestroyRef,
  effect,
  inject,
  input,
  signal,
  untracked,
} from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { Delivery } from '@lookout/contracts';
import { formatMoment } from '../figures/age.ts';
import { reasonOf } from '../server/request-failure.ts';
import { Rest } from '../server/rest.ts';
import { ServerClock } from '../server/server-clock.ts';
import { CLOCK } from '../shell/clock.ts';
import { Icon } from '../shell/icon.ts';
import { PageVisibility } from '../shell/page-visibility.ts';
import { deliveryState, outcomeWords } from './webhook-words.ts';

const PAGE_SIZE = 20;
const LOOK_MS = 3000;

/** What became of the messages to one webhook, newest first. */
@Component({
  selector: 'lo-delivery-list',
  imports: [Icon, MatButton],
  template: `
    @if (problem(); as problem) {
      <p class="problem" role="alert">{{ problem }}</p>
    }
    <ol aria-label="Deliveries">
      @for (row of rows(); track row.delivery.id) {
        <li>
          <time>{{ row.at }}</time>
          <span class="state" [attr.data-tone]="row.state.tone"
            ><lo-icon [name]="row.state.icon" />{{ row.state.word }}</span
          >
          <span class="what"
            >{{ row.delivery.type }} {{ row.delivery.cameraId }}
            <span class="outcome">{{ row.outcome }}</span>
          </span>
          @if (row.delivery.state !== 'waiting') {
            <button matButton type="button" (click)="again(row.delivery)">Send again</button>
          }
        </li>
      } @empty {
        <li [attr.aria-busy]="!loaded()">
          {{
            loaded() ? 'Nothing has been sent yet.' : problem() === null ? 'Loading…' : 'Not known.'
          }}
        </li>
      }
    </ol>
    @if (cursor() !== null) {
      <button matButton="outlined" type="button" (click)="more()">Older ones</button>
    }
  `,
  styleUrl: './delivery-list.scss',
})
export class DeliveryList {
  readonly #rest = inject(Rest);
  readonly #now = inject(ServerClock);
  readonly #visibility = inject(PageVisibility);
  readonly webhookId = input.required<string>();
  /** Another number: something was sent just now. */
  readonly sent = input(0);
  readonly #items = signal<readonly Delivery[]>([]);
  protected readonly cursor = signal<string | null>(null);
  protected readonly loaded = signal(false);
  protected readonly problem = signal<string | null>(null);
  protected readonly rows = computed(() =>
    this.#items().map((delivery) => ({
      delivery,
      at: formatMoment(Date.parse(delivery.createdAt), this.#now.now()),
      state: deliveryState(delivery),
      outcome: outcomeWords(delivery, this.#now.now()),
    })),
  );

  constructor() {
    effect(() => {
      this.webhookId();
      this.sent();
      untracked(() => void this.#look());
    });
    const end = inject(CLOCK).every(LOOK_MS, () => {
      if (this.#visibility.visible()) void this.#look();
    });
    inject(DestroyRef).onDestroy(end);
  }

  protected more(): Promise<void> {
    return this.#get(this.cursor() ?? undefined);
  }

  protected async again({ id }: Delivery): Promise<void> {
    const path = { id: this.webhookId(), deliveryId: id };
    try {
      await this.#rest.post('/api/v1/webhooks/{id}/deliveries/{deliveryId}/redeliver', { path });
      await this.#look();
    } catch (error) {
      this.problem.set(reasonOf(error));
    }
  }

  #look(): Promise<void> {
    return this.#get();
  }

  /** Renews the newest ones, or adds those after a cursor. */
  async #get(cursor?: string): Promise<void> {
    try {
      const { items, nextCursor } = await this.#rest.get('/api/v1/webhooks/{id}/deliveries', {
        path: { id: this.webhookId() },
        query: { limit: PAGE_SIZE, ...(cursor === undefined ? {} : { cursor }) },
      });
      const told = new Set(items.map(({ id }) => id));
      const others = this.#items().filter(({ id }) => !told.has(id));
      if (cursor !== undefined || others.length === 0) this.cursor.set(nextCursor);
      this.#items.set(cursor === undefined ? [...items, ...others] : [...others, ...items]);
      this.loaded.set(true);
      this.problem.set(null);
    } catch (error) {
      this.problem.set(reasonOf(error));
    }
  }
}
