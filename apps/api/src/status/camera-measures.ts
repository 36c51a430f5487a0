import type { CameraStatus, Hop, Percentiles } from '@lookout/contracts';
import { type Clock, PercentileWindow, RateMeter } from '@lookout/timing';

type Rate = keyof CameraStatus['rates'];

/** Rates over 5 s, ages and inference times over 60 s, of one camera. */
export class CameraMeasures {
  readonly #clock: Clock;
  readonly #rates: Record<Rate, RateMeter>;
  readonly #ages = new Map<Hop, PercentileWindow>();
  readonly #inference: PercentileWindow;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#rates = {
      capture: new RateMeter(clock),
      live: new RateMeter(clock),
      offered: new RateMeter(clock),
      detected: new RateMeter(clock),
    };
    this.#inference = new PercentileWindow(clock);
  }

  happened(rate: Rate): void {
    this.#rates[rate].mark();
  }

  restartRates(): void {
    for (const meter of Object.values(this.#rates)) meter.reset();
  }

  age(hop: Hop, ms: number): void {
    let window = this.#ages.get(hop);
    if (window === undefined) {
      window = new PercentileWindow(this.#clock);
      this.#ages.set(hop, window);
    }
    window.add(ms);
  }

  inference(ms: number): void {
    this.#inference.add(ms);
  }

  rates(): CameraStatus['rates'] {
    return {
      capture: rounded(this.#rates.capture),
      live: rounded(this.#rates.live),
      offered: rounded(this.#rates.offered),
      detected: rounded(this.#rates.detected),
    };
  }

  ages(): Partial<Record<Hop, Percentiles>> {
    const ages: Partial<Record<Hop, Percentiles>> = {};
    for (const [hop, window] of this.#ages) {
      const percentiles = window.percentiles();
      if (percentiles !== null) ages[hop] = percentiles;
    }
    return ages;
  }

  inferenceMs(): Percentiles | null {
    return this.#inference.percentiles();
  }
}

function rounded(meter: RateMeter): number {
  return Math.round(meter.rate() * 10) / 10;
}
