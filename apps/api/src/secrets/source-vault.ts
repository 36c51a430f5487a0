import { type Source, sourceSchema } from '@lookout/contracts';
import { z } from 'zod';
import type { Keyring } from './keyring.ts';
import { lockedSource } from './locked-source.ts';

/** A sealed source as it is kept. */
const sealedSchema = z.strictObject({
  sealed: z.literal(1),
  key: z.string(),
  box: z.string(),
  /** For who lacks the key: all but the credentials. */
  shown: sourceSchema,
});

/** Turns sources into what is kept of them: those with an address are sealed whole. */
export class SourceVault {
  readonly #keys: Keyring;

  constructor(keys: Keyring) {
    this.#keys = keys;
  }

  /** @returns text to be kept for this camera */
  close(cameraId: string, source: Source): string {
    const text = JSON.stringify(source);
    if (!('url' in source)) return text;
    const sealed = this.#keys.seal(text, contextOf(cameraId));
    return JSON.stringify({ sealed: 1, ...sealed, shown: lockedSource(source) });
  }

  /** @returns the source, or a locked one when the key is missing or the text was changed */
  open(cameraId: string, kept: string): Source {
    const json: unknown = JSON.parse(kept);
    const sealed = sealedSchema.safeParse(json);
    if (!sealed.success) return sourceSchema.parse(json);
    const text = this.#keys.open(sealed.data, contextOf(cameraId));
    return text === undefined ? sealed.data.shown : sourceSchema.parse(JSON.parse(text));
  }

  /** Whether a text should be closed anew: it is not sealed, or not with the first key. */
  isStale(cameraId: string, kept: string): boolean {
    const json: unknown = JSON.parse(kept);
    const sealed = sealedSchema.safeParse(json);
    if (!sealed.success) return 'url' in sourceSchema.parse(json);
    const { key } = sealed.data;
    if (key === this.#keys.first) return false;
    return this.#keys.open(sealed.data, contextOf(cameraId)) !== undefined;
  }
}

function contextOf(cameraId: string): string {
  return `camera ${cameraId}`;
}
