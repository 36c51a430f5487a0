import {
  afterNextRender,
  Component,
  computed,
  DestroyRef,
  ElementRef,
  inject,
  Injector,
  signal,
  viewChild,
} from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { CreatedWebhook, Webhook } from '@lookout/contracts';
import { SecretOnce } from '../access/secret-once.ts';
import { Cameras } from '../cameras/cameras.ts';
import { Icon } from '../shell/icon.ts';
import { PanelHead } from '../system/panel-head.ts';
import { WebhookForm } from './webhook-form.ts';
import { WebhookRow } from './webhook-row.ts';
import { troubleWords } from './webhook-words.ts';
import { Webhooks } from './webhooks.ts';

const EVERY_MS = 4000;

/** Which addresses are told of what happens, and how each of them does. */
@Component({
  selector: 'lo-webhooks-page',
  imports: [Icon, MatButton, PanelHead, SecretOnce, WebhookForm, WebhookRow],
  templateUrl: './webhooks-page.html',
  styleUrls: ['../access/access.scss', './webhooks-page.scss'],
})
export class WebhooksPage {
  readonly #cameras = inject(Cameras);
  readonly #injector = inject(Injector);
  protected readonly poll = inject(Webhooks).poll;
  protected readonly names = computed(
    () => new Map(this.#cameras.list()?.map(({ id, name }) => [id, name])),
  );

  /** By id, those whose form is open, each as it was then: a newer answer takes none away. */
  readonly #held = signal<ReadonlyMap<string, Webhook>>(new Map());
  protected readonly rows = computed(() => {
    const told = this.poll.answer() ?? [];
    const gone = [...this.#held().values()].filter(
      (held) => !told.some(({ id }) => id === held.id),
    );
    return [...told, ...gone].toSorted(byAge).map((webhook) => ({
      webhook,
      base: this.#held().get(webhook.id) ?? null,
      gone: gone.includes(webhook),
    }));
  });
  protected readonly empty = computed(
    () => this.poll.answer() !== null && this.rows().length === 0,
  );
  protected readonly trouble = computed(() => troubleWords(this.poll.answer() ?? []));

  protected readonly adding = signal(false);
  /** With its secret, until it is put away. */
  protected readonly made = signal<CreatedWebhook | null>(null);
  protected readonly add = viewChild<string, ElementRef<HTMLElement>>('add', { read: ElementRef });
  protected readonly secret = viewChild<SecretOnce, ElementRef<HTMLElement>>(SecretOnce, {
    read: ElementRef,
  });

  constructor() {
    inject(DestroyRef).onDestroy(this.poll.ask(EVERY_MS));
  }

  protected added(made: CreatedWebhook): void {
    this.adding.set(false);
    this.show(made);
  }

  /** Brings a secret before the eyes of who may be far down the page. */
  protected show(made: CreatedWebhook): void {
    this.made.set(made);
    this.#focus(this.secret);
  }

  protected putAway(): void {
    this.made.set(null);
    this.#focus(this.add);
  }

  protected stopAdding(): void {
    this.adding.set(false);
    this.#focus(this.add);
  }

  protected hold(webhook: Webhook, wanted: boolean): void {
    this.#held.update((held) => {
      const next = new Map(held);
      if (wanted) next.set(webhook.id, webhook);
      else next.delete(webhook.id);
      return next;
    });
  }

  protected forget(webhook: Webhook): void {
    this.hold(webhook, false);
    if (this.made()?.id === webhook.id) this.made.set(null);
    this.#focus(this.add);
  }

  #focus(place: () => ElementRef<HTMLElement> | undefined): void {
    afterNextRender(() => place()?.nativeElement.focus(), { injector: this.#injector });
  }
}

/** As the server has them, so that none moves when one of them is only held. */
function byAge(a: Webhook, b: Webhook): number {
  return a.createdAt.localeCompare(b.createdAt) || a.id.localeCompare(b.id);
}
