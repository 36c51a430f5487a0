import { inject, Injectable, signal } from '@angular/core';
import type { Camera, NewCameraInput } from '@lookout/contracts';
import { reasonOf } from '../server/request-failure.ts';
import { Rest } from '../server/rest.ts';
import { CLOCK } from '../shell/clock.ts';

const PATH = '/api/v1/cameras';
const RELOAD_MS = 10_000;

/** The cameras that the server knows. */
@Injectable({ providedIn: 'root' })
export class Cameras {
  readonly #rest = inject(Rest);
  readonly #clock = inject(CLOCK);
  #stop: (() => void) | undefined;

  /** In the server's order; `null` until it has told. */
  readonly list = signal<readonly Camera[] | null>(null);
  /** Why the list could not be got the last time; `null` when it could. */
  readonly problem = signal<string | null>(null);

  /** Gets the list now and then again and again, since others change it too. */
  follow(): void {
    this.#stop?.();
    this.#stop = this.#clock.every(RELOAD_MS, () => void this.reload());
    void this.reload();
  }

  unfollow(): void {
    this.#stop?.();
    this.#stop = undefined;
    this.list.set(null);
  }

  async reload(): Promise<void> {
    try {
      const list = await this.#rest.get<Camera[]>(PATH);
      this.problem.set(null);
      if (JSON.stringify(list) !== JSON.stringify(this.list())) this.list.set(list);
    } catch (error) {
      this.problem.set(reasonOf(error));
    }
  }

  async add(camera: NewCameraInput): Promise<Camera> {
    const made = await this.#rest.post<Camera>(PATH, camera);
    await this.reload();
    return made;
  }

  async remove(id: string): Promise<void> {
    await this.#rest.delete(`${PATH}/${id}`);
    await this.reload();
  }
}
