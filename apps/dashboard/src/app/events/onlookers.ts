import { inject, Injectable } from '@angular/core';
import type { Camera } from '@lookout/contracts';
import { Cameras } from '../cameras/cameras.ts';
import { CameraWatches } from '../watch/camera-watches.ts';

/** The events that are asked after. */
export interface Question {
  /** `null`: of every label. */
  readonly label: string | null;
  /** Whether their time is over: who looked then is not recorded. */
  readonly past: boolean;
}

/** Whether anybody looks at a camera: without that, no events say nothing. */
export interface Onlooker {
  readonly looks: boolean;
  /** For a small place. */
  readonly short: string;
  /** The same of all cameras of which it holds. */
  readonly sentence: (names: string) => string;
}

/** Says of cameras without events whether somebody looks at all. */
@Injectable({ providedIn: 'root' })
export class Onlookers {
  readonly #cameras = inject(Cameras);
  readonly #watches = inject(CameraWatches);

  of(id: string, { label, past }: Question): Onlooker {
    const camera = this.#cameras.list()?.find((known) => known.id === id);
    if (camera !== undefined && label !== null && !isWatchedFor(label, camera)) {
      return unwatched(label);
    }
    if (past) return UNRECORDED;
    return camera === undefined ? UNKNOWN : this.#now(camera);
  }

  #now(camera: Camera): Onlooker {
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
        return LOOKS;
    }
  }
}

const LOOKS: Onlooker = {
  looks: true,
  short: 'no event; it is being looked at now',
  sentence: (names) => `Somebody looks at ${names} now.`,
};

const UNKNOWN: Onlooker = {
  looks: false,
  short: 'not known whether anybody looks',
  sentence: (names) => `It is not known whether anybody looks at ${names}.`,
};

const UNRECORDED: Onlooker = {
  looks: false,
  short: 'no event; whether anybody looked is not recorded',
  sentence: (names) => `Whether anybody looked at ${names} then is not recorded.`,
};

function blind(why: string): Onlooker {
  return {
    looks: false,
    short: `nobody looks now: ${why}`,
    sentence: (names) => `Nobody looks at ${names} now: ${why}.`,
  };
}

function unwatched(label: string): Onlooker {
  return {
    looks: false,
    short: `${label} is not watched for`,
    sentence: (names) => `${label} is not watched for at ${names}: the settings leave it out.`,
  };
}

/** Whether the settings of a camera let a label make events. */
function isWatchedFor(label: string, { detection: { classes, events } }: Camera): boolean {
  return [classes, events.labels].every((some) => some.length === 0 || some.includes(label));
}

/** A reason to go on with after a colon. */
function inSentence(reason: string): string {
  const text = reason.replace(/\.$/, '');
  return /^[A-Z][a-z ]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
