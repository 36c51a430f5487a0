import { setTimeout as sleep } from 'node:timers/promises';
import type { Camera } from '@lookout/contracts';
import { CLIP, type House } from './house.ts';

const LONGEST_START_MS = 60_000;
const LOOK_MS = 200;

/** What a bench's camera may be told; the rest is as the sample had it: 30, 15 and 5. */
export interface ClipCameraWish {
  readonly name?: string;
  readonly liveFps?: number;
  readonly detectFps?: number;
  readonly detection?: boolean;
}

/** Makes a camera of the house's clip. */
export function addClipCamera(house: House, wish: ClipCameraWish = {}): Promise<Camera> {
  return house.client.addCamera({
    name: wish.name ?? 'bench',
    source: { type: 'file', path: CLIP },
    captureFps: 30,
    liveFps: wish.liveFps ?? 15,
    detectFps: wish.detectFps ?? 5,
    detection: { enabled: wish.detection ?? true },
  });
}

/** Waits until all of these cameras are live. @throws Error when one is not after a long time */
export async function untilLive(house: House, ids: readonly string[]): Promise<void> {
  const deadline = performance.now() + LONGEST_START_MS;
  for (;;) {
    const statuses = await Promise.all(ids.map((id) => house.client.status(id)));
    const late = statuses.find(({ state }) => state !== 'live');
    if (late === undefined) return;
    if (performance.now() > deadline) {
      throw new Error(`${late.cameraId} is ${late.state}: ${late.reason ?? 'no reason given'}`);
    }
    await sleep(LOOK_MS);
  }
}
