import {
  afterNextRender,
  Component,
  computed,
  ElementRef,
  inject,
  Injector,
  input,
  linkedSignal,
  output,
  signal,
} from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { CreatedWebhook, Webhook } from '@lookout/contracts';
import { Cameras } from '../cameras/cameras.ts';
import { NO_PROBLEMS, sortProblems } from '../fields/field-problems.ts';
import { TextField } from '../fields/text-field.ts';
import { TickField } from '../fields/tick-field.ts';
import { reasonOf, RequestFailure } from '../server/request-failure.ts';
import { askBeforeLeaving } from '../shell/unsaved.ts';
import { draftOf, NEW_DRAFT, newWebhookOf, patchOf, type WebhookDraft } from './webhook-draft.ts';
import { TYPES } from './webhook-words.ts';
import { Webhooks } from './webhooks.ts';

const FIELDS = ['url', 'types', 'cameraIds', 'labels'];

/** Where a webhook is sent to and what it is told of, to be made or to be changed. */
@Component({
  selector: 'lo-webhook-form',
  imports: [MatButton, TextField, TickField],
  templateUrl: './webhook-form.html',
  styleUrl: './webhook-form.scss',
  host: { '(keydown.escape)': 'cancel()' },
})
export class WebhookForm {
  readonly #webhooks = inject(Webhooks);
  readonly #list = inject(Cameras).list;
  readonly #element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly #injector = inject(Injector);
  protected readonly types = TYPES;

  /** The webhook as it was when the form was opened; `null` for one to be made. */
  readonly base = input<Webhook | null>(null);
  /** It was made: the secret is in here, this once. */
  readonly made = output<CreatedWebhook>();
  /** Cancelled, or saved. */
  readonly closed = output();

  protected readonly draft = linkedSignal<WebhookDraft>(() => {
    const base = this.base();
    return base === null ? NEW_DRAFT : draftOf(base);
  });
  readonly #patch = computed(() => {
    const base = this.base();
    return base === null ? {} : patchOf(base, this.draft());
  });
  protected readonly changed = computed(() =>
    this.base() === null ? this.draft() !== NEW_DRAFT : Object.keys(this.#patch()).length > 0,
  );
  /** Several forms may be open, and ids are the page's. */
  protected readonly key = computed(() => this.base()?.id ?? 'new');
  /** One that was deleted can still be ticked off. */
  protected readonly cameras = computed(() => {
    const cameras = (this.#list() ?? []).map(({ id, name }) => ({ value: id, words: name }));
    const known = new Set(cameras.map(({ value }) => value));
    const gone = (this.base()?.cameraIds ?? []).filter((id) => !known.has(id));
    return [...cameras, ...gone.map((id) => ({ value: id, words: `${id} (not there)` }))];
  });
  protected readonly busy = signal(false);
  protected readonly problems = signal(NO_PROBLEMS);

  constructor() {
    askBeforeLeaving(() => (this.changed() ? 'Leave without saving the webhook?' : null));
    this.#focus('input');
  }

  protected set(changes: Partial<WebhookDraft>): void {
    this.draft.update((draft) => ({ ...draft, ...changes }));
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    if (this.busy()) return;
    this.busy.set(true);
    this.problems.set(NO_PROBLEMS);
    try {
      await this.#send(this.base());
    } catch (error) {
      const failed = error instanceof RequestFailure ? error.fields : [];
      this.problems.set(sortProblems(failed, FIELDS, reasonOf(error)));
      this.#focus('[aria-invalid=true]');
    } finally {
      this.busy.set(false);
    }
  }

  /** While it is sent it stays: nobody would see the answer, which may hold the secret. */
  protected cancel(): void {
    if (!this.busy()) this.closed.emit();
  }

  async #send(base: Webhook | null): Promise<void> {
    if (base === null) {
      this.made.emit(await this.#webhooks.add(newWebhookOf(this.draft())));
    } else {
      await this.#webhooks.change(base.id, this.#patch());
      this.closed.emit();
    }
  }

  #focus(selector: string): void {
    afterNextRender(() => this.#element.querySelector<HTMLElement>(selector)?.focus(), {
      injector: this.#injector,
    });
  }
}
