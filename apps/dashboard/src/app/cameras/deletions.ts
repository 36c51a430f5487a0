import { inject, Injectable, signal } from '@angular/core';
import type { Camera } from '@lookout/contracts';
import { reasonOf, RequestFailure } from '../server/request-failure.ts';
import { CLOCK } from '../shell/clock.ts';
import { Cameras } from './cameras.ts';

/** How long a deletion can be taken back. */
export const GRACE_MS = 8000;

/** A camera that is about to be deleted, or that could not be. */
export interface Deletion {
  readonly camera: Camera;
  /** Why the camera is still there; `null` while it can be taken back. */
  readonly problem: string | null;
}

/**
 * Cameras leave the page at once and the server a little later. Until then nothing is lost: taking
 * it back leaves the camera as it was, with its id, its credentials and its running picture.
 */
@Injectable({ providedIn: 'root' })
export class Deletions {
  readonly #cameras = inject(Cameras);
  readonly #clock = inject(CLOCK);
  readonly #waits = new Map<string, () => void>();
  readonly list = signal<readonly Deletion[]>([]);

  begin(camera: Camera): void {
    this.#forget(camera.id);
    this.#cameras.hide(camera.id, true);
    this.list.update((list) => [...list, { camera, problem: null }]);
    this.#waits.set(
      camera.id,
      this.#clock.after(GRACE_MS, () => void this.#send(camera)),
    );
  }

  /** Takes a deletion back, or the word that it failed away. */
  undo(id: string): void {
    this.#forget(id);
    this.#cameras.hide(id, false);
  }

  /** Takes back whatever has not been sent: nobody is there to see it happen. */
  undoAll(): void {
    for (const { camera } of this.list()) this.undo(camera.id);
  }

  async #send(camera: Camera): Promise<void> {
    this.#forget(camera.id);
    try {
      await this.#cameras.remove(camera);
    } catch (error) {
      if (error instanceof RequestFailure && error.status === 404) {
        await this.#cameras.reload();
      } else {
        this.list.update((list) => [...list, { camera, problem: whyNot(error) }]);
      }
    }
    this.#cameras.hide(camera.id, false);
  }

  #forget(id: string): void {
    this.#waits.get(id)?.();
    this.#waits.delete(id);
    this.list.update((list) => list.filter(({ camera }) => camera.id !== id));
  }
}

function whyNot(error: unknown): string {
  return error instanceof RequestFailure && error.status === 412
    ? 'Somebody changed it in the meantime. Look at it again before you delete it.'
    : reasonOf(error);
}
