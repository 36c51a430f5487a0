import type { Camera } from './camera.ts';

/**
 * How old a camera's newest result may grow before it counts as stale, which is also how long its
 * frame stays in the mailbox: the longer of 2 s and 3 detect periods, in milliseconds.
 */
export function staleAfterMs(camera: Pick<Camera, 'detectFps'>): number {
  return Math.max(2000, 3000 / camera.detectFps);
}
