import { inject, Injectable } from '@angular/core';
import type { CreatedWebhook, Webhook } from '@lookout/contracts';
import { Poll } from '../server/poll.ts';
import { Rest } from '../server/rest.ts';
import type { NewWebhook, WebhookPatch } from './webhook-draft.ts';

/** The webhooks that the server has, asked for again and again while anything on the page shows them. */
@Injectable({ providedIn: 'root' })
export class Webhooks {
  readonly #rest = inject(Rest);
  #calls = 0;
  readonly poll = new Poll<Webhook[]>(() => this.#list());

  add(body: NewWebhook): Promise<CreatedWebhook> {
    return this.#thenLook(this.#rest.post('/api/v1/webhooks', { body }));
  }

  change(id: string, body: WebhookPatch): Promise<Webhook> {
    return this.#thenLook(this.#rest.patch('/api/v1/webhooks/{id}', { path: { id }, body }));
  }

  remove(id: string): Promise<void> {
    return this.#thenLook(this.#rest.delete('/api/v1/webhooks/{id}', { path: { id } }));
  }

  /** Sends a message that says nothing but that the webhook works. */
  async test(id: string): Promise<void> {
    await this.#thenLook(this.#rest.post('/api/v1/webhooks/{id}/test', { path: { id } }));
  }

  /** Makes a new secret; the one before signs as well for a day. */
  rotate(id: string): Promise<CreatedWebhook> {
    return this.#thenLook(this.#rest.post('/api/v1/webhooks/{id}/rotate', { path: { id } }));
  }

  /** What came of a call is seen at once, not a period later. */
  async #thenLook<Answer>(call: Promise<Answer>): Promise<Answer> {
    try {
      return await call;
    } finally {
      this.#calls += 1;
      this.poll.ask(0)();
    }
  }

  async #list(): Promise<Webhook[]> {
    const calls = this.#calls;
    const list = await this.#rest.get('/api/v1/webhooks');
    // What was on its way while something was changed may not know of it yet.
    return calls === this.#calls ? list : this.#list();
  }
}
