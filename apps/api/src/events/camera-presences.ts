import type { Camera } from '@lookout/contracts';
import type { FeedEntry } from '@lookout/detection-feed';
import {
  type Blind,
  close,
  drop,
  look,
  loseSight,
  NOTHING_SEEN,
  type PresenceMemory,
  type Step,
} from '@lookout/presence';
import type { CameraTurn, StoredEvent } from './events.repository.ts';
import { lookOf, presenceRules } from './presence-rules.ts';

/** So many events, and as many turns of them, wait at most for a database that cannot be written. */
const MOST_HELD = 5000;

/** What has changed since it was last handed out. */
export interface Changes {
  readonly memories: ReadonlyMap<string, PresenceMemory | null>;
  readonly stays: ReadonlyMap<string, Omit<StoredEvent, 'snapshot'>>;
  readonly turns: readonly CameraTurn[];
}

/** Who is in front of which camera, and what of that is not kept yet. No clock, no engine. */
export class CameraPresences {
  readonly #memories: Map<string, PresenceMemory>;
  readonly #newId: () => string;
  #memoriesChanged = new Set<string>();
  #stays = new Map<string, Omit<StoredEvent, 'snapshot'>>();
  #turns: CameraTurn[] = [];

  constructor(memories: ReadonlyMap<string, PresenceMemory>, newId: () => string) {
    this.#memories = new Map(memories);
    this.#newId = newId;
  }

  get cameraIds(): string[] {
    return [...this.#memories.keys()];
  }

  memory(cameraId: string): PresenceMemory {
    return this.#memories.get(cameraId) ?? NOTHING_SEEN;
  }

  /** Whether an event of this id goes on, or waits for being kept. */
  knows(cameraId: string, eventId: string): boolean {
    const goesOn = this.memory(cameraId).labels.some(({ stay }) => stay?.id === eventId);
    return goesOn || this.#stays.has(eventId);
  }

  /** Whether something is there that nobody has called uncertain yet. */
  isActive(cameraId: string): boolean {
    return this.memory(cameraId).labels.some(({ stay }) => stay?.state === 'active');
  }

  get hasChanges(): boolean {
    return this.#memoriesChanged.size > 0 || this.#stays.size > 0;
  }

  get hasTurns(): boolean {
    return this.#turns.length > 0;
  }

  /** @param receivedAt - ms since the Unix epoch */
  entry(camera: Camera, entry: FeedEntry, receivedAt: number): void {
    const memory = this.memory(camera.id);
    if (entry.kind === 'result') {
      const now = lookOf(entry, camera, receivedAt);
      this.#take(camera.id, look(memory, now, presenceRules(camera), this.#newId));
      return;
    }
    const why = { reason: `The inference failed: ${entry.reason}`, late: false };
    this.#take(camera.id, loseSight(memory, why, entry.frame));
  }

  loseSight(cameraId: string, why: Blind): void {
    this.#take(cameraId, loseSight(this.memory(cameraId), why));
  }

  /** The camera is gone, and all that was before it. */
  close(cameraId: string, at: number): void {
    this.#note(cameraId, close(this.memory(cameraId), at));
    this.#memories.delete(cameraId);
    this.#memoriesChanged.add(cameraId);
  }

  /** Forgets an event that goes on; it ends with that for those who were told of it. */
  drop(cameraId: string, stayId: string, at: number): void {
    this.#take(cameraId, drop(this.memory(cameraId), stayId, at));
  }

  /** Hands out what changed; it counts as kept from then on. */
  takeChanges(): Changes {
    const memories = new Map(
      [...this.#memoriesChanged].map((id) => [id, this.#memories.get(id) ?? null]),
    );
    const changes = { memories, stays: this.#stays, turns: this.#turns };
    this.#memoriesChanged = new Set();
    this.#stays = new Map();
    this.#turns = [];
    return changes;
  }

  /**
   * What was handed out could not be kept, and is to be handed out again; of too much the newest, and
   * rather what has ended: what goes on comes again with its next look.
   */
  putBack({ memories, stays, turns }: Changes): void {
    for (const cameraId of memories.keys()) this.#memoriesChanged.add(cameraId);
    // What has changed meanwhile is newer.
    const all = new Map([...stays, ...this.#stays]);
    const goOn = [...all.values()].filter(({ endedAt }) => endedAt === null);
    for (const { id } of goOn.slice(0, Math.max(0, all.size - MOST_HELD))) all.delete(id);
    this.#stays = new Map([...all].slice(-MOST_HELD));
    this.#turns = [...turns, ...this.#turns].slice(-MOST_HELD);
  }

  #take(cameraId: string, { memory, turns }: Step): void {
    if (memory === this.memory(cameraId)) return;
    this.#memories.set(cameraId, memory);
    this.#memoriesChanged.add(cameraId);
    this.#note(cameraId, turns);
  }

  #note(cameraId: string, turns: Step['turns']): void {
    for (const { kind, stay } of turns) {
      this.#stays.set(stay.id, { cameraId, ...stay });
      if (kind !== 'seen') this.#turns.push({ cameraId, kind, stay });
    }
  }
}
