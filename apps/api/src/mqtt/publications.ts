import type { Truth } from './discovery.ts';

/** Events that wait for the broker; older ones are dropped, and counted. */
export const MAX_EVENTS = 1000;

/** Something to be published. */
export interface Message extends Truth {
  /** The broker keeps it for those who come later. */
  readonly retain: boolean;
}

interface WaitingEvent {
  readonly message: Message;
  sent: boolean;
}

/**
 * What the broker is to be told: of each topic the newest truth alone, and of events a bounded
 * number in order. It can be told again at each connection, so nothing old is ever repeated.
 */
export class Publications {
  readonly #truths = new Map<string, string>();
  readonly #waiting = new Set<string>();
  #events: WaitingEvent[] = [];
  #droppedEvents = 0;

  /** So far, because the broker did not take them in time. */
  get droppedEvents(): number {
    return this.#droppedEvents;
  }

  /** From now on this is to be read there; an empty payload takes the topic away. */
  tell({ topic, payload }: Truth): void {
    if (this.#truths.get(topic) === payload) return;
    this.#truths.set(topic, payload);
    // A change goes behind what is told already, so that topics change in the order of telling.
    this.#waiting.delete(topic);
    this.#waiting.add(topic);
  }

  /** Whether there is something to be read at the topic, or it is not sure yet that there is not. */
  holds(topic: string): boolean {
    return this.#truths.has(topic);
  }

  event({ topic, payload }: Truth): void {
    this.#events.push({ message: { topic, payload, retain: false }, sent: false });
    if (this.#events.length <= MAX_EVENTS) return;
    this.#events.shift();
    this.#droppedEvents += 1;
  }

  /** A connection begins, of which nobody knows what the broker still has. */
  renew(): void {
    this.#waiting.clear();
    for (const topic of this.#truths.keys()) this.#waiting.add(topic);
    for (const event of this.#events) event.sent = false;
  }

  /** The next to be sent, which is then under way: truths first. */
  next(): Message | undefined {
    for (const topic of this.#waiting) {
      this.#waiting.delete(topic);
      return { topic, payload: this.#truths.get(topic) ?? '', retain: true };
    }
    const event = this.#events.find(({ sent }) => !sent);
    if (event === undefined) return undefined;
    event.sent = true;
    return event.message;
  }

  /** The broker has it. @returns whether the topic is gone by that */
  delivered(message: Message): boolean {
    if (!message.retain) {
      this.#events = this.#events.filter((event) => event.message !== message);
      return false;
    }
    if (message.payload !== '' || this.#truths.get(message.topic) !== '') return false;
    // It may have been told and taken back again while this was under way.
    if (this.#waiting.has(message.topic)) return false;
    return this.#truths.delete(message.topic);
  }
}
