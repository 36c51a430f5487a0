import { computed, inject, Injectable, signal } from '@angular/core';
import type { Camera } from '@lookout/contracts';
import { reasonOf } from '../server/request-failure.ts';
import type { CameraPatch, NewCamera } from '../server/rest-types.ts';
import { Rest } from '../server/rest.ts';
import { CLOCK } from '../shell/clock.ts';

const RELOAD_MS = 10_000;

/** The cameras that the server knows. */
@Injectable({ providedIn: 'root' })
export class Cameras {
  readonly #rest = inject(Rest);
  readonly #clock = inject(CLOCK);
  #stop: (() => void) | undefined;

  readonly #leaving = signal<ReadonlySet<string>>(new Set());
  /** What the server told last, in its order; `null` until it has. */
  readonly told = signal<readonly Camera[] | null>(null);
  /** The cameras to show: those that are about to be deleted are not among them. */
  readonly list = computed(() => {
    const leaving = this.#leaving();
    return this.told()?.filter(({ id }) => !leaving.has(id)) ?? null;
  });
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
    this.told.set(null);
  }

  async reload(): Promise<void> {
    try {
      const list = await this.#rest.get('/api/v1/cameras');
      this.problem.set(null);
      if (JSON.stringify(list) !== JSON.stringify(this.told())) this.told.set(list);
    } catch (error) {
      this.problem.set(reasonOf(error));
    }
  }

  async add(camera: NewCamera): Promise<Camera> {
    const made = await this.#rest.post('/api/v1/cameras', { body: camera });
    await this.reload();
    return made;
  }

  /**
   * @param version - the one that the patch was made for; another one is left alone
   */
  async change(id: string, patch: CameraPatch, version: number): Promise<Camera> {
    const changed = await this.#rest.patch('/api/v1/cameras/{id}', {
      path: { id },
      body: patch,
      ifMatch: version,
    });
    this.told.update(
      (told) => told?.map((camera) => (camera.id === id ? changed : camera)) ?? null,
    );
    return changed;
  }

  /** The camera as the server has it now. */
  read(id: string): Promise<Camera> {
    return this.#rest.get('/api/v1/cameras/{id}', { path: { id } });
  }

  async remove({ id, version }: Camera): Promise<void> {
    await this.#rest.delete('/api/v1/cameras/{id}', { path: { id }, ifMatch: version });
    this.told.update((told) => told?.filter((camera) => camera.id !== id) ?? null);
  }

  /** Takes a camera out of the list, or back into it, without a word to the server. */
  hide(id: string, hidden: boolean): void {
    this.#leaving.update((leaving) => {
      const next = new Set(leaving);
      if (hidden) next.add(id);
      else next.delete(id);
      return next;
    });
  }
}
