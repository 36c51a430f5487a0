import type { Clock } from '@lookout/timing';
import type { LoadedModel } from './inspector.ts';

/** How many models are kept in memory, the default one included. */
const CAPACITY = 3;
/** A model that could not be loaded is not tried again for so long: an operator may fetch it meanwhile. */
const RETRY_MS = 10_000;

/** Where models are brought into memory and let go of. */
export interface ModelMemory {
  /** @throws Error whose message tells an operator why not */
  load(model: string | null): Promise<LoadedModel>;
  unload(model: string): Promise<void>;
}

/**
 * The models in memory: the default one always, others as cameras ask for them, and the one that
 * was used longest ago makes room.
 */
export class ModelShelf {
  readonly #clock: Clock;
  readonly #memory: ModelMemory;
  #default: LoadedModel | null = null;
  /** The one used longest ago first. */
  readonly #others = new Map<string, LoadedModel>();
  readonly #failures = new Map<string | null, { error: unknown; until: number }>();

  constructor(clock: Clock, memory: ModelMemory) {
    this.#clock = clock;
    this.#memory = memory;
  }

  /** Ids, the default one first. */
  models(): readonly string[] {
    const others = [...this.#others.keys()];
    return this.#default === null ? others : [this.#default.id, ...others];
  }

  /** @param name - id in the catalog; `null` is the default */
  async load(name: string | null): Promise<LoadedModel> {
    if (this.#default !== null && (name === null || name === this.#default.id)) {
      return this.#default;
    }
    const known = name === null ? undefined : this.#others.get(name);
    if (known !== undefined) {
      this.#others.delete(known.id);
      this.#others.set(known.id, known);
      return known;
    }
    const failure = this.#failures.get(name);
    if (failure !== undefined && failure.until > this.#clock.monotonic()) throw failure.error;
    return this.#bring(name);
  }

  async #bring(name: string | null): Promise<LoadedModel> {
    try {
      if (name !== null) await this.#makeRoom();
      const model = await this.#memory.load(name);
      this.#failures.delete(name);
      if (name === null) this.#default = model;
      else this.#others.set(name, model);
      return model;
    } catch (error) {
      this.#failures.set(name, { error, until: this.#clock.monotonic() + RETRY_MS });
      throw error;
    }
  }

  async #makeRoom(): Promise<void> {
    const [oldest] = this.#others.keys();
    if (oldest === undefined || this.#others.size < CAPACITY - 1) return;
    this.#others.delete(oldest);
    await this.#memory.unload(oldest);
  }
}
