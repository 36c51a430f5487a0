import type { Camera } from '@lookout/contracts';
import { CLIP, type House } from './house.ts';

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
