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
import type { Delivery, DeliveryPage } from '@lookout/contracts';
import { formatMoment } from '../figures/age.ts';
import { reasonOf } from '../server/request-failure.ts';
import { Rest } from '../server/rest.ts';
import { ServerClock } from '../server/server-clock.ts';
import { CLOCK } from '../shell/clock.ts';
import { Icon } from '../shell/icon.ts';
import { PageVisibility } from '../shell/page-visibility.ts';
import { deliveryState, outcomeWords } from './webhook-words.ts';

const PAGE_SIZE = 20;
/** The most that the server gives at once. */
const MOST_AT_ONCE = 200;
const LOOK_MS = 3000;

/** What became of the messages to one webhook, newest first. */
@Component({
  selector: 'lo-delivery-list',
  imports: [Icon, MatButton],
  template: `
    @if (problem(); as problem) {
      <p class="problem" role="alert">
        {{ problem }}
        @if (answeredAt(); as at) {
          What follows is from the last answer, at {{ at }}.
        }
      </p>
    }
    @if (refusal(); as refusal) {
      <p class="problem" role="alert">Not sent again: {{ refusal }}</p>
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
    @if (shown().nextCursor !== null) {
      <button matButton="outlined" type="button" (click)="more()">Older ones</button>
    }
  `,
  styleUrl: './delivery-list.scss',
})
export class DeliveryList {
  readonly #rest = inject(Rest);
  readonly #clock = inject(CLOCK);
  readonly #now = inject(ServerClock);
  readonly #visibility = inject(PageVisibility);
  readonly webhookId = input.required<string>();
  /** Another number: something was sent just now. */
  readonly sent = input(0);
  /** Counts what was asked: an answer to an older question knows less. */
  #begun = 0;
  #asking = false;
  /** How many are to be shown. */
  #wanted = PAGE_SIZE;
  protected readonly shown = signal<DeliveryPage>({ items: [], nextCursor: null });
  readonly #answered = signal<number | null>(null);
  protected readonly loaded = computed(() => this.#answered() !== null);
  protected readonly answeredAt = computed(() => {
    const at = this.#answered();
    return at === null ? null : formatMoment(at, this.#clock.now());
  });
  /** Why there is no newer answer; `null` when there is. */
  protected readonly problem = signal<string | null>(null);
  /** Why a message was not sent again the last time it was wanted. */
  protected readonly refusal = signal<string | null>(null);
  protected readonly rows = computed(() =>
    this.shown().items.map((delivery) => ({
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
    const end = this.#clock.every(LOOK_MS, () => {
      if (this.#visibility.visible() && !this.#asking) void this.#look();
    });
    const destroyed = inject(DestroyRef);
    destroyed.onDestroy(end);
    destroyed.onDestroy(() => (this.#begun += 1));
  }

  protected more(): Promise<void> {
    this.#wanted = this.shown().items.length + PAGE_SIZE;
    return this.#look();
  }

  protected async again({ id }: Delivery): Promise<void> {
    const path = { id: this.webhookId(), deliveryId: id };
    this.refusal.set(null);
    try {
      await this.#rest.post('/api/v1/webhooks/{id}/deliveries/{deliveryId}/redeliver', { path });
      await this.#look();
    } catch (error) {
      this.refusal.set(reasonOf(error));
    }
  }

  /** Gets all that is shown again: one far down may be delivered, and much may be new. */
  async #look(): Promise<void> {
    const begun = (this.#begun += 1);
    this.#asking = true;
    try {
      const newest = await this.#newest(this.#wanted);
      if (begun !== this.#begun) return;
      this.shown.set(newest);
      this.#answered.set(this.#clock.now());
      this.problem.set(null);
    } catch (error) {
      if (begun === this.#begun) this.problem.set(reasonOf(error));
    } finally {
      if (begun === this.#begun) this.#asking = false;
    }
  }

  async #newest(count: number): Promise<DeliveryPage> {
    const path = { id: this.webhookId() };
    const items: Delivery[] = [];
    let cursor: string | undefined;
    for (;;) {
      const limit = Math.min(MOST_AT_ONCE, count - items.length);
      const query = { limit, ...(cursor === undefined ? {} : { cursor }) };
      const page = await this.#rest.get('/api/v1/webhooks/{id}/deliveries', { path, query });
      items.push(...page.items);
      if (page.nextCursor === null || items.length >= count) {
        return { items, nextCursor: page.nextCursor };
      }
      cursor = page.nextCursor;
    }
  }
}
