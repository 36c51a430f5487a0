import type { Camera } from '@lookout/contracts';
import { Pacer } from '@lookout/timing';

type Rates = Pick<Camera, 'captureFps' | 'liveFps' | 'detectFps'>;

/** The three rates of a camera, each kept against the clock by itself. */
export class FramePacers {
  readonly capture: Pacer;
  readonly live: Pacer;
  readonly detect: Pacer;
  readonly #rates: Rates;

  /** @param before - pacers to go on with where their rate is the same */
  constructor(rates: Rates, before?: FramePacers) {
    const { captureFps, liveFps, detectFps } = rates;
    const old = before === undefined ? undefined : before.#rates;
    this.#rates = { captureFps, liveFps, detectFps };
    // An upper bound over a second: after a hiccup the frames of a source at just this rate come in
    // a burst, and none of them is too many.
    const capture = before && old?.captureFps === captureFps ? before.capture : undefined;
    this.capture = capture ?? new Pacer(captureFps, Math.max(1, captureFps));
    // On a busy machine the decoder stands still for some periods now and then; what a viewer missed
    // by that it gets right after, rather than a lower rate.
    const live = before && old?.liveFps === liveFps ? before.live : undefined;
    this.live = live ?? new Pacer(liveFps, 3);
    this.detect = before && old?.detectFps === detectFps ? before.detect : new Pacer(detectFps);
  }

  /** @returns pacers for new rates */
  changedTo(rates: Rates): FramePacers {
    return new FramePacers(rates, this);
  }
}
