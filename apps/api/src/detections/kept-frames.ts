import { compareFrames, type Frame, type FrameId } from '@lookout/contracts';
import type { Clock } from '@lookout/timing';

/** How many offered frames of a camera are kept until their results come. */
export interface KeepLimits {
  readonly frames: number;
  readonly bytes: number;
  readonly ms: number;
}

/** Enough for inference of 2 s at 30 offered frames per second, or 10 s at 6. */
export const KEEP_LIMITS: KeepLimits = { frames: 64, bytes: 8 * 1024 * 1024, ms: 10_000 };

/** One camera's offered frames, oldest first, until their results or deadlines come. */
export class KeptFrames {
  readonly #clock: Clock;
  readonly #limits: KeepLimits;
  readonly #frames: { readonly frame: Frame; readonly keptAt: number }[] = [];
  #bytes = 0;

  constructor(clock: Clock, limits: KeepLimits = KEEP_LIMITS) {
    this.#clock = clock;
    this.#limits = limits;
  }

  get size(): number {
    return this.#frames.length;
  }

  keep(frame: Frame): void {
    this.#frames.push({ frame, keptAt: this.#clock.monotonic() });
    this.#bytes += frame.jpeg.byteLength;
    this.prune();
  }

  /** The very frame, or `undefined` when it is gone; older ones, which nobody will ask for, go too. */
  take(id: Pick<FrameId, 'epoch' | 'sequence'>): Frame | undefined {
    let found: Frame | undefined;
    while (this.#frames[0] !== undefined && compareFrames(this.#frames[0].frame, id) <= 0) {
      const oldest = this.#dropOldest();
      if (oldest !== undefined && compareFrames(oldest, id) === 0) found = oldest;
    }
    return found;
  }

  /** Forgets a frame that will have no result. */
  drop(id: Pick<FrameId, 'epoch' | 'sequence'>): void {
    const index = this.#frames.findIndex(({ frame }) => compareFrames(frame, id) === 0);
    if (index === -1) return;
    for (const { frame } of this.#frames.splice(index, 1)) this.#bytes -= frame.jpeg.byteLength;
  }

  /** Forgets what is beyond the limits. */
  prune(): void {
    const oldest = this.#clock.monotonic() - this.#limits.ms;
    while (
      this.#frames.length > this.#limits.frames ||
      this.#bytes > this.#limits.bytes ||
      (this.#frames[0]?.keptAt ?? Infinity) < oldest
    ) {
      this.#dropOldest();
    }
  }

  #dropOldest(): Frame | undefined {
    const oldest = this.#frames.shift()?.frame;
    this.#bytes -= oldest?.jpeg.byteLength ?? 0;
    return oldest;
  }
}
