import { inject, Injectable } from '@angular/core';
import { Cameras } from '../cameras/cameras.ts';
import { CameraWatches } from '../watch/camera-watches.ts';

/** Whether anybody looks at a camera now: without that, no events say nothing. */
export interface Onlooker {
  readonly looks: boolean;
  /** Whether that is known at all. */
  readonly known: boolean;
  /** For a small place. */
  readonly short: string;
  /** Why nobody does; empty when somebody does. */
  readonly why: string;
}

/** Says of cameras without events whether somebody looks at all. */
@Injectable({ providedIn: 'root' })
export class Onlookers {
  readonly #cameras = inject(Cameras);
  readonly #watches = inject(CameraWatches);

  of(id: string): Onlooker {
    const camera = this.#cameras.list()?.find((known) => known.id === id);
    if (camera === undefined) return UNKNOWN;
    if (!camera.enabled) return blind('the camera is switched off');
    const news = this.#watches.of(camera).news();
    if (news === null) return UNKNOWN;
    const { freshness, reason } = news.detection;
    switch (freshness) {
      case 'off':
        return blind('detection is switched off');
      case 'unknown':
      case 'stale':
        return blind(reason === null ? `what is known is ${freshness}` : inSentence(reason));
      case 'fresh':
        return {
          looks: true,
          known: true,
          short: 'no event; it is being looked at now',
          why: '',
        };
    }
  }
}

const UNKNOWN: Onlooker = {
  looks: false,
  known: false,
  short: 'not known whether anybody looks',
  why: '',
};

/** A reason to go on with after a colon. */
function inSentence(reason: string): string {
  const text = reason.replace(/\.$/, '');
  return /^[A-Z][a-z ]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

function blind(why: string): Onlooker {
  return { looks: false, known: true, short: `nobody looks now: ${why}`, why };
}
