import { Component, computed, inject, resource, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { CreatedWebhook, Webhook, WebhookType } from '@lookout/contracts';
import { SecretOnce } from '../access/secret-once.ts';
import { Cameras } from '../cameras/cameras.ts';
import { type FieldProblems, NO_PROBLEMS, sortProblems } from '../fields/field-problems.ts';
import { TextField } from '../fields/text-field.ts';
import { reasonOf, RequestFailure } from '../server/request-failure.ts';
import { Rest } from '../server/rest.ts';
import { Icon } from '../shell/icon.ts';
import { DeliveryList } from './delivery-list.ts';
import { labelsOf, TYPES, webhookState, wishWords } from './webhook-words.ts';

const FIELDS = ['url', 'types', 'cameraIds', 'labels'];

/** Which addresses are told of what happens, and what became of each message. */
@Component({
  selector: 'lo-webhooks-page',
  imports: [DeliveryList, Icon, MatButton, SecretOnce, TextField],
  templateUrl: './webhooks-page.html',
  styleUrls: ['../access/access.scss', '../access/tokens-page.scss', './webhooks-page.scss'],
})
export class WebhooksPage {
  readonly #rest = inject(Rest);
  readonly #list = inject(Cameras).list;
  protected readonly types = TYPES;
  protected readonly cameras = computed(() => this.#list() ?? []);
  readonly #names = computed(() => new Map(this.cameras().map(({ id, name }) => [id, name])));

  protected readonly webhooks = resource({ loader: () => this.#rest.get('/api/v1/webhooks') });
  protected readonly rows = computed(() =>
    this.webhooks.hasValue()
      ? this.webhooks.value().map((webhook) => ({
          webhook,
          state: webhookState(webhook),
          wish: wishWords(webhook, this.#names()),
        }))
      : [],
  );
  protected readonly loadProblem = computed(() => {
    const error = this.webhooks.error();
    return error === undefined ? null : reasonOf(error);
  });

  protected readonly url = signal('');
  protected readonly labels = signal('');
  protected readonly chosenTypes = signal<readonly WebhookType[]>(['event.started', 'event.ended']);
  /** Ids of the only cameras it is told of; none chosen means all. */
  protected readonly chosenCameras = signal<readonly string[]>([]);
  protected readonly busy = signal(false);
  protected readonly problems = signal<FieldProblems>(NO_PROBLEMS);
  /** With its secret, until it is put away. */
  protected readonly made = signal<CreatedWebhook | null>(null);
  /** Id of the webhook whose deletion waits for a second word. */
  protected readonly asked = signal<string | null>(null);
  /** Id of the webhook whose deliveries are shown. */
  protected readonly opened = signal<string | null>(null);
  protected readonly problem = signal<string | null>(null);
  /** Counts what may have made a delivery, so that the list of them is got again. */
  protected readonly sent = signal(0);

  protected chooseType(type: WebhookType, on: boolean): void {
    this.chosenTypes.update((types) => (on ? [...types, type] : types.filter((t) => t !== type)));
  }

  protected chooseCamera(id: string, on: boolean): void {
    this.chosenCameras.update((ids) => (on ? [...ids, id] : ids.filter((known) => known !== id)));
  }

  protected async make(event: Event): Promise<void> {
    event.preventDefault();
    if (this.busy()) return;
    this.busy.set(true);
    this.problems.set(NO_PROBLEMS);
    const cameraIds = this.chosenCameras();
    try {
      const body = {
        url: this.url().trim(),
        types: [...this.chosenTypes()],
        cameraIds: cameraIds.length === 0 ? null : [...cameraIds],
        labels: labelsOf(this.labels()),
      };
      this.made.set(await this.#rest.post('/api/v1/webhooks', { body }));
      this.url.set('');
      this.labels.set('');
      this.chosenCameras.set([]);
      this.webhooks.reload();
    } catch (error) {
      const failed = error instanceof RequestFailure ? error.fields : [];
      this.problems.set(sortProblems(failed, FIELDS, reasonOf(error)));
    } finally {
      this.busy.set(false);
    }
  }

  protected switch({ id, enabled }: Webhook): Promise<void> {
    return this.#do(() =>
      this.#rest.patch('/api/v1/webhooks/{id}', { path: { id }, body: { enabled: !enabled } }),
    );
  }

  protected async test({ id }: Webhook): Promise<void> {
    await this.#do(() => this.#rest.post('/api/v1/webhooks/{id}/test', { path: { id } }));
    this.opened.set(id);
    this.sent.update((count) => count + 1);
  }

  protected rotate({ id }: Webhook): Promise<void> {
    return this.#do(async () => {
      this.made.set(await this.#rest.post('/api/v1/webhooks/{id}/rotate', { path: { id } }));
    });
  }

  protected async remove({ id }: Webhook): Promise<void> {
    await this.#do(async () => {
      await this.#rest.delete('/api/v1/webhooks/{id}', { path: { id } });
      if (this.made()?.id === id) this.made.set(null);
    });
    this.asked.set(null);
  }

  async #do(what: () => Promise<unknown>): Promise<void> {
    this.problem.set(null);
    try {
      await what();
    } catch (error) {
      this.problem.set(reasonOf(error));
    }
    this.webhooks.reload();
  }
}
