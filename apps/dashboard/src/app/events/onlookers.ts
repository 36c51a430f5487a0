import { inject, Injectable } from '@angular/core';
import { Cameras } from '../cameras/cameras.ts';
import { CameraWatches } from '../watch/camera-watches.ts';

/** Whether anybody looks at a camera now: without that, no events say nothing. */
export interface Onlooker {
  readonly looks: boolean;
  /** For a small place. */
  readonly short: string;
  /** A sentence. */
  readonly long: string;
}

/** Says of cameras without events whether somebody looks at all. */
@Injectable({ providedIn: 'root' })
export class Onlookers {
  readonly #cameras = inject(Cameras);
  readonly #watches = inject(CameraWatches);

  of(id: string): Onlooker {
    const camera = this.#cameras.list()?.find((known) => known.id === id);
    if (camera === undefined) return { looks: false, short: '', long: '' };
    const { name } = camera;
    if (!camera.enabled) return blind(name, 'the camera is switched off');
    const news = this.#watches.of(camera).news();
    if (news === null) return blind(name, 'nothing has been heard of it');
    const { freshness, reason } = news.detection;
    switch (freshness) {
      case 'off':
        return blind(name, 'detection is switched off');
      case 'unknown':
      case 'stale':
        return blind(name, reason?.replace(/\.$/, '') ?? `what is known is ${freshness}`);
      case 'fresh':
        return {
          looks: true,
          short: 'no event; it is being looked at now',
          long: `${name} is being looked at now.`,
        };
    }
  }
}

function blind(name: string, why: string): Onlooker {
  return {
    looks: false,
    short: `nobody looks now: ${why}`,
    long: `Nobody looks at ${name} now: ${why}.`,
  };
}
