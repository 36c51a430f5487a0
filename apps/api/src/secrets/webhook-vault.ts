import { z } from 'zod';
import type { Keyring } from './keyring.ts';

const secretsSchema = z.array(z.strictObject({ secret: z.string(), until: z.number().nullable() }));
const sealedSchema = z.strictObject({ key: z.string(), box: z.string() });

/** A secret that a webhook's messages are signed with. */
export interface WebhookSecret {
  readonly secret: string;
  /** From then on it signs no more, in ms since the Unix epoch; `null`: it is the present one. */
  readonly until: number | null;
}

/** Turns the secrets of a webhook into what is kept of them, and back. */
export class WebhookVault {
  readonly #keys: Keyring;

  constructor(keys: Keyring) {
    this.#keys = keys;
  }

  /** @returns text to be kept for this webhook */
  close(webhookId: string, secrets: readonly WebhookSecret[]): string {
    return JSON.stringify(this.#keys.seal(JSON.stringify(secrets), contextOf(webhookId)));
  }

  /** @returns `undefined` when the key is missing or the text was changed */
  open(webhookId: string, kept: string): WebhookSecret[] | undefined {
    const sealed = sealedSchema.parse(JSON.parse(kept));
    const text = this.#keys.open(sealed, contextOf(webhookId));
    return text === undefined ? undefined : secretsSchema.parse(JSON.parse(text));
  }

  /** Whether it is sealed with another key than the first. */
  isStale(kept: string): boolean {
    return sealedSchema.parse(JSON.parse(kept)).key !== this.#keys.first;
  }
}

function contextOf(webhookId: string): string {
  return `webhook ${webhookId}`;
}
