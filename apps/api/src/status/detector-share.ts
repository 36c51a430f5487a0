import type { DetectorShare } from '@lookout/contracts';
import { fairShares } from '@lookout/frame-mailbox';

/** What a camera offers to the detector and gets of it, per second over the last 5 s. */
export interface SharingCamera {
  readonly offered: number;
  readonly detected: number;
  readonly weight: number;
  readonly minFps: number;
}

/** Over 5 s a rate is right to a frame at each end. */
const EDGE_FPS = 2 / 5;

/** What one of all cameras, by id, gets of the detector; `null`: it is none of them. */
export function detectorShare(
  cameraId: string,
  all: ReadonlyMap<string, SharingCamera>,
): DetectorShare | null {
  const camera = all.get(cameraId);
  if (camera === undefined) return null;
  const sharing = [...all.values()].filter((one) => one.offered > 0);
  // What the detector can do is known only while it does not keep up.
  const capacity = sharing.some(isReduced)
    ? sharing.reduce((total, one) => total + one.detected, 0)
    : Infinity;
  const demands = sharing.map(({ offered, weight, minFps }) => ({ fps: offered, weight, minFps }));
  const fair = fairShares(demands, capacity)[sharing.indexOf(camera)] ?? camera.offered;
  return {
    wanted: camera.offered,
    fair: Math.round(fair * 100) / 100,
    reduced: isReduced(camera),
    reason: isReduced(camera) ? reasonOf(camera, sharing.length) : null,
  };
}

function isReduced({ offered, detected }: SharingCamera): boolean {
  return detected < offered * 0.9 && offered - detected >= EDGE_FPS;
}

function reasonOf({ offered, detected }: SharingCamera, cameras: number): string {
  const why =
    cameras === 1 ? 'the detector can do no more' : `${String(cameras)} cameras share the detector`;
  return `Wants ${String(offered)} frames/s, gets ${String(detected)}: ${why}.`;
}
