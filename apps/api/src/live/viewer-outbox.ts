/** What became of something offered: `replaced` sent an older one that still waited into oblivion. */
export type OutboxOutcome = 'sent' | 'waits' | 'replaced';

/**
 * One viewer's newest unsent frame of one camera. At most one is unacknowledged; of those that come
 * meanwhile only the newest waits, so a slow viewer loses frames and never time.
 */
export class ViewerOutbox<Item> {
  readonly #send: (item: Item) => void;
  #unacknowledged = false;
  #waiting: Item | undefined;

  constructor(send: (item: Item) => void) {
    this.#send = send;
  }

  offer(item: Item): OutboxOutcome {
    if (!this.#unacknowledged) {
      this.#unacknowledged = true;
      this.#send(item);
      return 'sent';
    }
    const outcome = this.#waiting === undefined ? 'waits' : 'replaced';
    this.#waiting = item;
    return outcome;
  }

  /** The viewer has the last one: the newest that waits goes out, or the next that comes. */
  acknowledge(): void {
    this.#unacknowledged = false;
    const next = this.#waiting;
    this.#waiting = undefined;
    if (next !== undefined) this.offer(next);
  }

  /** Forgets what waits. What is unacknowledged stays so, or a new wish would be a way round it. */
  clear(): void {
    this.#waiting = undefined;
  }
}
