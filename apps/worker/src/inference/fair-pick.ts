import type { WaitingCamera } from '@lookout/frame-mailbox';

/**
 * Whose turn it is: the cameras with a frame to take, the one that has waited longest first. A
 * camera's claim is the time since its last take, times its weight; one that was never taken goes
 * before all others, and equal claims are settled by id.
 *
 * With n cameras that always have a frame, each gets every n-th turn, whatever their rates: a claim
 * only grows, and a take puts its camera last. So no camera starves, and one that offers rarely
 * finds its turn waiting.
 */
export function fairOrder(
  waiting: readonly WaitingCamera[],
  weightOf: (camera: WaitingCamera) => number = () => 1,
): WaitingCamera[] {
  const claims = waiting.map((camera) => ({
    camera,
    claim: camera.sinceTakenMs === null ? Infinity : camera.sinceTakenMs * weightOf(camera),
  }));
  claims.sort((a, b) => {
    if (a.claim !== b.claim) return b.claim - a.claim;
    return a.camera.cameraId < b.camera.cameraId ? -1 : 1;
  });
  return claims.map(({ camera }) => camera);
}
