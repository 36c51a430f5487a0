import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Camera, CameraStatus, Source } from '@lookout/contracts';
import type { House } from '../house/house.ts';
import type { Installation } from '../house/installation.ts';
import { Witness } from '../house/witness.ts';
import type { Stage } from './houses.ts';
import type { Sample } from './sample.ts';

/** The clip in the media folder that the struck camera shows. */
export const CLIP = 'struck.mp4';
export const FILE_SOURCE = { type: 'file', path: CLIP } as const;
/** Frames a second of the other camera: captured, shown and numbered alike. */
export const OTHER_FPS = 5;
const SAMPLE_MS = 100;
const ANSWER_MS = 1000;

/** A claim of a fault's own. */
export interface Claim {
  readonly claim: string;
  readonly holds: boolean;
}

/** Two cameras in a house, one to be struck, with somebody who watches both and asks how they are. */
export class Scene {
  readonly house: House;
  readonly stage: Stage;
  readonly installation: Installation;
  readonly witness: Witness;
  readonly struck: string;
  readonly other: string;
  readonly samples: Sample[] = [];
  readonly claims: Claim[] = [];
  struckAt: number | undefined;
  mendedAt: number | undefined;
  #source: Source = FILE_SOURCE;
  #open = true;

  private constructor(stage: Stage, installation: Installation, struck: Camera, other: Camera) {
    this.stage = stage;
    this.house = stage.house;
    this.installation = installation;
    this.struck = struck.id;
    this.other = other.id;
    this.witness = new Witness(this.house.rest.url, this.house.token);
    for (const { id } of [struck, other]) this.witness.watch(id);
    void this.#look();
  }

  static async set(stage: Stage, installation: Installation): Promise<Scene> {
    const { rest } = stage.house;
    const fps = { liveFps: OTHER_FPS, detectFps: 2 };
    const struck = await rest.addCamera({
      ...{ name: 'Struck', source: FILE_SOURCE, captureFps: 10, ...fps },
      frame: { width: 480 },
    });
    const other = await rest.addCamera({
      ...{ name: 'Other', source: { type: 'test' }, captureFps: OTHER_FPS, ...fps },
      frame: { width: 320 },
    });
    return new Scene(stage, installation, struck, other);
  }

  /** Forgets what was seen and said until now. */
  beginAnew(): void {
    this.samples.length = 0;
    this.claims.length = 0;
    this.struckAt = undefined;
    this.mendedAt = undefined;
  }

  /** Lets the struck camera's pictures come from there. */
  async showSource(source: Source): Promise<void> {
    if (isDeepStrictEqual(source, this.#source)) return;
    // A merge patch keeps what it does not name.
    const without = Object.fromEntries(Object.keys(this.#source).map((name) => [name, null]));
    await this.house.rest.changeCamera(this.struck, { source: { ...without, ...source } });
    this.#source = source;
  }

  /** By a change that asks for it. */
  async beginCaptureAnew(): Promise<void> {
    const { frame } = await this.house.rest.changeCamera(this.struck, {});
    const quality = frame.quality === 80 ? 81 : 80;
    await this.house.rest.changeCamera(this.struck, { frame: { quality } });
  }

  async strike(act: () => unknown): Promise<void> {
    this.struckAt = performance.now();
    await act();
  }

  async mend(act: () => unknown): Promise<void> {
    await act();
    this.mendedAt = performance.now();
  }

  /** Lets the fault last. */
  async last(ms: number): Promise<void> {
    await sleep(ms);
  }

  claim(claim: string, holds: boolean): void {
    this.claims.push({ claim, holds });
  }

  /** Process id of the struck camera's decoder. @throws Error while none runs */
  decoder(): number {
    const [pid] = this.house.processes().flatMap(({ name, dead, commandLine, pid }) => {
      const others = commandLine.includes('testsrc');
      return name === 'ffmpeg' && !dead && !others && commandLine !== '' ? [pid] : [];
    });
    if (pid === undefined) throw new Error('the struck camera has no decoder');
    return pid;
  }

  /** The next sample for which this holds. @returns whether there was one in time */
  async until(holds: (sample: Sample) => boolean, withinMs: number): Promise<boolean> {
    const end = performance.now() + withinMs;
    let next = this.samples.length;
    while (performance.now() < end) {
      for (; next < this.samples.length; next += 1) {
        const sample = this.samples[next];
        if (sample !== undefined && holds(sample)) return true;
      }
      await sleep(20);
    }
    return false;
  }

  /** The struck camera's status. */
  status(): Promise<CameraStatus> {
    return this.house.rest.status(this.struck);
  }

  close(): void {
    this.#open = false;
    this.witness.close();
  }

  async #look(): Promise<void> {
    while (this.#open) {
      const askedAt = performance.now();
      const [struck, other, readiness] = await Promise.all([
        orNull(this.house.rest.status(this.struck)),
        orNull(this.house.rest.status(this.other)),
        orNull(readinessOf(this.house.rest.url)),
      ]);
      const at = performance.now();
      this.samples.push({ askedAt, at, struck, other, readiness: readiness ?? 'no answer' });
      await sleep(SAMPLE_MS);
    }
  }
}

async function readinessOf(url: string): Promise<string> {
  const response = await fetch(`${url}/readyz`);
  if (!response.ok) return 'not ready';
  const { degraded } = (await response.json()) as { degraded: string[] };
  return degraded.length === 0 ? 'ready' : `ready without ${degraded.join(' and ')}`;
}

/** What does not come within a second has not come. */
function orNull<T>(answer: Promise<T>): Promise<T | null> {
  return Promise.race([answer.catch(() => null), sleep(ANSWER_MS).then(() => null)]);
}
