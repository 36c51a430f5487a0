import type { FrameId } from '@lookout/contracts';

/**
 * Estimates how many pictures of a live stream did not reach this browser. A stream of `live` out
 * of `capture` frames a second steps by `capture / live` in the sequence; what a step is longer than
 * that was missed. Steps vary by one where the rates don't divide, hence the quarter.
 */
export class SequenceGaps {
  #last: Pick<FrameId, 'epoch' | 'sequence'> | undefined;
  missed = 0;

  arrived(
    frame: Pick<FrameId, 'epoch' | 'sequence'>,
    rates: { capture: number; live: number } | undefined,
  ): void {
    const last = this.#last;
    this.#last = { epoch: frame.epoch, sequence: frame.sequence };
    if (last?.epoch !== frame.epoch || rates === undefined || rates.live <= 0) return;
    const step = Math.max(1, rates.capture / rates.live);
    this.missed += Math.max(0, Math.floor((frame.sequence - last.sequence) / step + 0.25) - 1);
  }

  /** Forgets the last frame: what comes next follows a pause that was wished for. */
  pause(): void {
    this.#last = undefined;
  }
}
