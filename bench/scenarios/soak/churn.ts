import { setTimeout as sleep } from 'node:timers/promises';
import { addClipCamera } from '../../house/clip-camera.ts';
import type { House } from '../../house/house.ts';

/** Between two edits. */
const PAUSE_MS = 4000;
/** How long a guest stays. */
const STAY_MS = 3000;

/** What was done so that nothing rests, and what went wrong with it. */
export interface ChurnCount {
  readonly done: number;
  readonly failures: readonly string[];
}

/**
 * Edits a camera, lets viewers come and go, adds and removes a camera: one after another in a ring,
 * never two at once, so that what there is at any time is bounded.
 */
export class Churn {
  #done = 0;
  readonly #failures: string[] = [];
  readonly #house: House;
  readonly #cameraId: string;

  /** @param cameraId - camera that is edited */
  constructor(house: House, cameraId: string) {
    this.#house = house;
    this.#cameraId = cameraId;
  }

  get count(): ChurnCount {
    return { done: this.#done, failures: [...this.#failures] };
  }

  /** Goes on until the signal; what was begun is ended in good order. */
  async run(signal: AbortSignal): Promise<void> {
    const ring = [
      () => this.#edit({ detection: { minConfidence: 0.5 } }),
      () => this.#guest(0),
      () => this.#edit({ detection: { minConfidence: 0.4 }, liveFps: 10 }),
      () => this.#guest(null),
      () => this.#edit({ captureFps: 25, liveFps: 15 }),
      () => this.#passingCamera(),
      () => this.#edit({ captureFps: 30 }),
    ];
    for (let turn = 0; !signal.aborted; turn += 1) {
      try {
        await ring[turn % ring.length]?.();
        this.#done += 1;
      } catch (error) {
        this.#failures.push(error instanceof Error ? error.message : String(error));
      }
      await sleep(PAUSE_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  async #edit(changes: Parameters<House['client']['changeCamera']>[1]): Promise<void> {
    await this.#house.client.changeCamera(this.#cameraId, changes);
  }

  /** @param ackAfterMs - `null`: never acknowledges */
  async #guest(ackAfterMs: number | null): Promise<void> {
    const request = { cameraId: this.#cameraId };
    const viewer = await this.#house.client.watch(request, { ackAfterMs });
    await sleep(STAY_MS);
    viewer.close();
  }

  async #passingCamera(): Promise<void> {
    const { id } = await addClipCamera(this.#house, { name: 'Passing' });
    await sleep(STAY_MS);
    await this.#house.client.removeCamera(id);
  }
}
