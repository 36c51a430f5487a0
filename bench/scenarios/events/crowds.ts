import { setTimeout as sleep } from 'node:timers/promises';
import type { Camera, Detection, Frame } from '@lookout/contracts';
import { untilLive } from '../../house/clip-camera.ts';
import type { House } from '../../house/house.ts';
import { ScriptedDetector } from '../../house/scripted-detector.ts';
import type { Viewer } from '../../house/viewer.ts';
import { type Spread, spread } from '../../measure/statistics.ts';

const CAMERAS = 4;
const LOOKS_PER_SECOND = 5;
const END_AFTER_MS = 500;
/** A label comes again after so many looks, when its event has ended. */
const TURN = 8;
const THING = 'thing ';
const LONGEST_DRAIN_MS = 30_000;
const LOOK_MS = 100;

/** How much happens: in front of so many cameras, so many events begin with each look. */
export interface Bustle {
  readonly cameras: number;
  readonly perLook: number;
}

/** Events a second that begin. */
export function eventsPerSecond({ cameras, perLook }: Bustle): number {
  return cameras * perLook * LOOKS_PER_SECOND;
}

/** What happened between `begin` and `rest`, and what became of it. */
export interface Happened {
  readonly began: number;
  /** Events that viewers were told of, within half a minute at most. */
  readonly told: number;
  /** From the capture of an event's first frame to its telling, in ms. */
  readonly delay: Spread;
}

/** Cameras in front of which new things appear with every look, each to be gone at the next. */
export class Crowds {
  readonly #house: House;
  readonly #cameras: readonly Camera[];
  readonly #viewers: readonly Viewer[];
  readonly #detector: ScriptedDetector;
  readonly #looks = new Map<string, number>();
  #bustle: Bustle = { cameras: 0, perLook: 0 };
  #began = 0;

  private constructor(house: House, cameras: readonly Camera[], viewers: readonly Viewer[]) {
    this.#house = house;
    this.#cameras = cameras;
    this.#viewers = viewers;
    const ids = cameras.map(({ id }) => id);
    this.#detector = new ScriptedDetector(house.redisUrl, ids, {
      see: (frame) => this.#look(frame),
      published: ({ length }) => (this.#began += length),
    });
  }

  static async gather(house: House): Promise<Crowds> {
    const cameras: Camera[] = [];
    for (let number = 1; number <= CAMERAS; number += 1) {
      const events = { minHits: 1, window: 1, endAfterMs: END_AFTER_MS };
      cameras.push(
        await house.client.addCamera({
          name: `Crowd ${String(number)}`,
          source: { type: 'test' },
          ...{ captureFps: LOOKS_PER_SECOND, liveFps: 1, detectFps: LOOKS_PER_SECOND },
          detection: { enabled: true, events },
        }),
      );
    }
    const ids = cameras.map(({ id }) => id);
    const viewers = await Promise.all(ids.map((cameraId) => house.client.watch({ cameraId })));
    await untilLive(house, ids);
    return new Crowds(house, cameras, viewers);
  }

  /** Events that began since `begin`. */
  get began(): number {
    return this.#began;
  }

  begin(bustle: Bustle): void {
    for (const viewer of this.#viewers) viewer.forget();
    this.#began = 0;
    this.#bustle = bustle;
  }

  /**
   * Nothing new begins from now on. Resolves when viewers know of all that did, or too late, and when
   * all of it has ended: what is seen again before would be the same event.
   */
  async rest(): Promise<Happened> {
    this.#bustle = { cameras: 0, perLook: 0 };
    const deadline = performance.now() + LONGEST_DRAIN_MS;
    while (this.#delays().length < this.#began && performance.now() < deadline) {
      await sleep(LOOK_MS);
    }
    const delays = this.#delays();
    await this.#untilGone();
    return { began: this.#began, told: delays.length, delay: spread(delays) };
  }

  /** Takes the cameras away; their events stay. */
  async disperse(): Promise<void> {
    await this.#detector.stop();
    for (const { id } of this.#cameras) await this.#house.client.removeCamera(id);
  }

  /** @throws Error when something stays for long */
  async #untilGone(): Promise<void> {
    const deadline = performance.now() + LONGEST_DRAIN_MS;
    for (const { id } of this.#cameras) {
      const path = `/events?cameraId=${id}&state=active&limit=1`;
      for (;;) {
        const { items } = (await this.#house.client.call('GET', path)) as { items: unknown[] };
        if (items.length === 0) break;
        if (performance.now() > deadline) throw new Error('events did not end');
        await sleep(LOOK_MS);
      }
    }
  }

  #delays(): number[] {
    const began = new Map<string, number>();
    for (const { at, notice } of this.#viewers.flatMap(({ notices }) => notices)) {
      // Other workers may take a frame too, and see something in it; what began earlier may end now.
      if (!notice.label.startsWith(THING) || notice.state !== 'active') continue;
      if (!began.has(notice.id)) began.set(notice.id, at - Date.parse(notice.startedAt));
    }
    return [...began.values()];
  }

  #look({ cameraId }: Frame): Detection[] {
    const place = this.#cameras.findIndex(({ id }) => id === cameraId);
    if (place >= this.#bustle.cameras) return [];
    const look = (this.#looks.get(cameraId) ?? -1) + 1;
    this.#looks.set(cameraId, look);
    const { perLook } = this.#bustle;
    const first = (look % TURN) * perLook;
    return Array.from({ length: perLook }, (_, index) => thing(first + index));
  }
}

function thing(classId: number): Detection {
  const box = { x: (classId % 90) / 100, y: 0.4, width: 0.1, height: 0.2 };
  return { classId, label: `${THING}${String(classId)}`, confidence: 0.9, box };
}
