import { bestLooks, type PresenceMemory } from '@lookout/presence';
import { Logger } from '@nestjs/common';
import type { Changes } from './camera-presences.ts';
import type { EventPictures } from './event-pictures.ts';
import { wordsOf } from './events-not-kept.ts';
import type { EventsRepository, StoredEvent, StoredSnapshot } from './events.repository.ts';

/** Snapshots for events that are about to be kept. A disk without room for them has room for the rest. */
export class EventSnapshots {
  readonly #logger = new Logger(EventSnapshots.name);
  readonly #pictures: EventPictures;
  #trouble: string | null = null;

  constructor(pictures: EventPictures) {
    this.#pictures = pictures;
  }

  /** Why events have no pictures, in words for a person; `null` when all is well. */
  get trouble(): string | null {
    return this.#trouble;
  }

  /** Finds out which events that go on have a picture already. */
  async begin(memories: Iterable<PresenceMemory>, repository: EventsRepository): Promise<void> {
    for (const { labels } of memories) {
      for (const { stay } of labels) {
        const event = stay === null ? undefined : await repository.find(stay.id);
        if (event?.snapshot) this.#pictures.begin(event.id, event.snapshot);
      }
    }
  }

  /** Takes what pictures these events have, and lets go of frames that nobody wants any more. */
  async taken({ memories, stays }: Changes): Promise<StoredEvent[]> {
    const events: StoredEvent[] = [];
    for (const stay of stays.values()) {
      events.push({ ...stay, snapshot: await this.#of(stay) });
    }
    for (const [cameraId, memory] of memories) {
      if (memory !== null) this.#pictures.release(cameraId, bestLooks(memory));
    }
    return events;
  }

  /** @returns `null`: what the event had before stays */
  async #of(stay: Omit<StoredEvent, 'snapshot'>): Promise<StoredSnapshot | null> {
    try {
      const snapshot = await this.#pictures.write(stay.cameraId, stay);
      if (snapshot !== null) this.#trouble = null;
      return snapshot;
    } catch (error) {
      const words = `Pictures of events cannot be written: ${wordsOf(error)}`;
      if (this.#trouble !== words) this.#logger.error(words);
      this.#trouble = words;
      return null;
    }
  }

  /** There may be room again long before there is another picture. */
  async tryAgain(): Promise<void> {
    if (this.#trouble === null) return;
    await this.#pictures.tryToWrite().then(
      () => (this.#trouble = null),
      () => undefined,
    );
  }
}
