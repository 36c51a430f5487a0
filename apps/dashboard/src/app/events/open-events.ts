import { inject } from '@angular/core';
import type { PresenceEvent } from '@lookout/contracts';
import { RequestFailure } from '../server/request-failure.ts';
import { Rest } from '../server/rest.ts';

const AT_ONCE = 4;

/** Events as they were told one by one; `null` for what is gone. */
export type Told = ReadonlyMap<string, PresenceEvent | null>;

/**
 * Asks what became of the events of a list that have not ended, further down than its newest page:
 * few at a time, all of them in turn, while the list may change. Made where things can be injected.
 */
export class OpenEvents {
  readonly #rest = inject(Rest);
  #taken = 0;

  /** @returns what was told of the next ones; of the others they stay as they were */
  async ask(events: readonly PresenceEvent[]): Promise<Told> {
    const open = events.filter(({ state }) => state !== 'ended');
    const from = open.length === 0 ? 0 : this.#taken % open.length;
    const turn = [...open.slice(from), ...open.slice(0, from)].slice(0, AT_ONCE);
    this.#taken += turn.length;
    const told = new Map<string, PresenceEvent | null>();
    await Promise.all(
      turn.map(async ({ id }) => {
        const now = await this.#again(id);
        if (now !== undefined) told.set(id, now);
      }),
    );
    return told;
  }

  /** As it is now; nothing when nobody answers. */
  async #again(id: string): Promise<PresenceEvent | null | undefined> {
    try {
      return await this.#rest.get('/api/v1/events/{id}', { path: { id } });
    } catch (error) {
      return error instanceof RequestFailure && error.status === 404 ? null : undefined;
    }
  }
}
