import { effect, inject, Injectable, InjectionToken } from '@angular/core';
import type { Camera, WatchMode } from '@lookout/contracts';
import { Cameras } from '../cameras/cameras.ts';
import { decodeJpeg, type Decode } from '../picture/picture-stream.ts';
import { LiveSocket } from '../server/live-socket.ts';
import { Rest } from '../server/rest.ts';
import { ServerClock } from '../server/server-clock.ts';
import { CLOCK } from '../shell/clock.ts';
import { Pulse } from '../shell/pulse.ts';
import { CameraWatch } from './camera-watch.ts';

export const DECODE = new InjectionToken<Decode>('Decode', {
  providedIn: 'root',
  factory: () => decodeJpeg,
});

/** Statuses of cameras that nobody looks at are asked for when they are this old, a few at a time. */
const OLD_MS = 5000;
const ASK_MS = 1000;
const ASK_AT_ONCE = 8;

/** Everything this browser watches; keeps pace with the list of cameras. */
@Injectable({ providedIn: 'root' })
export class CameraWatches {
  readonly #cameras = inject(Cameras);
  readonly #socket = inject(LiveSocket);
  readonly #rest = inject(Rest);
  readonly #clock = inject(CLOCK);
  readonly #serverClock = inject(ServerClock);
  readonly #decode = inject(DECODE);
  readonly #watches = new Map<string, CameraWatch>();
  #beats = 0;
  #asking = false;

  constructor() {
    const pulse = inject(Pulse);
    pulse.onBeat(() => {
      this.#beat();
    });
    this.#clock.every(ASK_MS, () => void this.#ask());
    effect(() => {
      const present = new Map(this.#cameras.list()?.map((camera) => [camera.id, camera]));
      for (const [id, watch] of this.#watches) {
        const camera = present.get(id);
        if (camera === undefined) this.#forget(id);
        else watch.camera.set(camera);
      }
    });
  }

  /** The watch of a camera, the same one as long as the camera exists. */
  of(camera: Camera): CameraWatch {
    const known = this.#watches.get(camera.id);
    if (known !== undefined) return known;
    const watch = new CameraWatch(camera, {
      clock: this.#clock,
      serverClock: this.#serverClock,
      link: this.#socket.state,
      decode: this.#decode,
    });
    this.#watches.set(camera.id, watch);
    return watch;
  }

  watch(watch: CameraWatch, mode: WatchMode): void {
    watch.begin();
    this.#socket.watch(watch.camera().id, mode, watch);
  }

  unwatch(watch: CameraWatch): void {
    this.#socket.unwatch(watch.camera().id);
    watch.pause();
  }

  #forget(id: string): void {
    const watch = this.#watches.get(id);
    if (watch !== undefined) this.unwatch(watch);
    this.#watches.delete(id);
  }

  #beat(): void {
    this.#beats += 1;
    for (const watch of this.#watches.values()) {
      watch.refresh();
      if (this.#beats % 2 === 0) watch.note();
    }
  }

  async #ask(): Promise<void> {
    if (this.#asking || this.#socket.state() !== 'connected') return;
    this.#asking = true;
    const silent = [...this.#watches.values()]
      .filter((watch) => watch.statusAge() >= OLD_MS)
      .sort((a, b) => b.statusAge() - a.statusAge())
      .slice(0, ASK_AT_ONCE);
    await Promise.allSettled(
      silent.map(async (watch) => {
        const path = { id: watch.camera().id };
        watch.heard(await this.#rest.get('/api/v1/cameras/{id}/status', { path }));
      }),
    );
    this.#asking = false;
  }
}
