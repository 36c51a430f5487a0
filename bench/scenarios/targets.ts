/** What a viewer's picture is set to. */
export const LIVE_FPS = 15;
/** How far the live rate may be off it. */
const RATE_TOLERANCE = 0.02;
/** Three frame periods. */
export const LONGEST_GAP_MS = 3000 / LIVE_FPS;
/** Jain's index of the cameras' detected rates at equal weights. */
export const LEAST_FAIRNESS = 0.98;

/** How old a result may be when it is published (95th percentile), in ms. */
export function ageBound(inferenceP95: number, detectFps: number): number {
  return 1.25 * (inferenceP95 + 1000 / detectFps);
}

/** Whether a live rate is the one that was set; a short window's edges may cut one frame more or less. */
export function keepsLiveRate(rate: number, windowSeconds: number): boolean {
  const tolerated = Math.max(RATE_TOLERANCE * LIVE_FPS, 1.05 / windowSeconds);
  return Math.abs(rate - LIVE_FPS) <= tolerated;
}
