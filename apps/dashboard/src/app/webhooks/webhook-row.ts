import {
  afterNextRender,
  Component,
  computed,
  ElementRef,
  inject,
  Injector,
  input,
  output,
  signal,
} from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { CreatedWebhook, Webhook } from '@lookout/contracts';
import { formatCount, formatMoment } from '../figures/age.ts';
import { reasonOf } from '../server/request-failure.ts';
import { ServerClock } from '../server/server-clock.ts';
import { Icon } from '../shell/icon.ts';
import { toneOf } from '../system/part-words.ts';
import { DeliveryList } from './delivery-list.ts';
import { WebhookForm } from './webhook-form.ts';
import { GONE, webhookState, wishWords } from './webhook-words.ts';
import { Webhooks } from './webhooks.ts';

/** One webhook: how it does, what it is told of, and what can be done with it. */
@Component({
  selector: 'lo-webhook-row',
  imports: [DeliveryList, Icon, MatButton, WebhookForm],
  templateUrl: './webhook-row.html',
  styleUrl: './webhook-row.scss',
  host: {
    role: 'group',
    '[attr.aria-label]': 'webhook().url',
    '[attr.data-tone]': 'state().tone',
  },
})
export class WebhookRow {
  readonly #webhooks = inject(Webhooks);
  readonly #clock = inject(ServerClock);
  readonly #element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly #injector = inject(Injector);

  readonly webhook = input.required<Webhook>();
  /** Names of cameras by their ids. */
  readonly names = input.required<ReadonlyMap<string, string>>();
  /** As it was when its form was opened; `null` while it is not open. */
  readonly base = input<Webhook | null>(null);
  /** Whether it is of the last answer, while there is no newer one. */
  readonly old = input(false);
  /** Whether somebody else deleted it while its form is open. */
  readonly gone = input(false);
  /** Whether its form is wanted. */
  readonly changing = output<boolean>();
  /** It has a new secret, which is in here, this once. */
  readonly rotated = output<CreatedWebhook>();
  readonly removed = output();

  protected readonly state = computed(() => {
    const state = this.gone() ? GONE : webhookState(this.webhook());
    return { ...state, tone: toneOf(state, this.old()) };
  });
  protected readonly waiting = computed(() => {
    const { waiting } = this.webhook();
    return waiting === 0 || this.gone() ? null : formatCount(waiting);
  });
  protected readonly trouble = computed(() => {
    const { disabledReason, trouble } = this.webhook();
    return this.gone()
      ? 'Somebody else deleted it. What you typed stays here until you cancel.'
      : (disabledReason ?? trouble);
  });
  protected readonly wish = computed(() => wishWords(this.webhook(), this.names()));
  protected readonly oldSecretUntil = computed(() => {
    const until = this.webhook().oldSecretUntil;
    return until === null ? null : formatMoment(Date.parse(until), this.#clock.now());
  });
  /** What waits for a second word. */
  protected readonly asked = signal<'rotate' | 'delete' | null>(null);
  /** Whether its deliveries are shown. */
  protected readonly opened = signal(false);
  protected readonly problem = signal<string | null>(null);
  /** Counts what made a delivery, so that the list of them is got again. */
  protected readonly sent = signal(0);

  protected switch(): Promise<void> {
    const { id, enabled } = this.webhook();
    return this.#do(() => this.#webhooks.change(id, { enabled: !enabled }));
  }

  protected test(): Promise<void> {
    return this.#do(async () => {
      await this.#webhooks.test(this.webhook().id);
      this.opened.set(true);
      this.sent.update((count) => count + 1);
    });
  }

  protected ask(what: 'rotate' | 'delete' | null): void {
    const before = this.asked();
    this.asked.set(what);
    this.#focus(what === null ? `.${before ?? 'delete'}` : '.keep');
  }

  protected rotate(): Promise<void> {
    return this.#do(async () => {
      this.rotated.emit(await this.#webhooks.rotate(this.webhook().id));
    });
  }

  protected remove(): Promise<void> {
    return this.#do(async () => {
      await this.#webhooks.remove(this.webhook().id);
      this.removed.emit();
    });
  }

  protected close(): void {
    this.changing.emit(false);
    this.#focus('.change');
  }

  async #do(what: () => Promise<unknown>): Promise<void> {
    this.problem.set(null);
    try {
      await what();
    } catch (error) {
      this.problem.set(reasonOf(error));
      // The buttons go with the question; who is elsewhere by now stays there.
      if (this.#element.querySelector('.sure')?.contains(document.activeElement) === true) {
        this.ask(null);
      }
    }
    this.asked.set(null);
  }

  #focus(selector: string): void {
    afterNextRender(() => this.#element.querySelector<HTMLElement>(selector)?.focus(), {
      injector: this.#injector,
    });
  }
}
