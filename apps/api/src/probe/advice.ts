import type { Findings } from './findings.ts';

const LARGE_WIDTH = 1280;
const LONG_KEY_GAP = 4;
const SLOW_FPS = 2;

/** What an operator can do so that Lookout has less work with this camera, or shows it better. */
export function adviceOn(findings: Findings): string[] {
  const { width, height, keyGap, fps, pixelFormat, interlaced } = findings;
  const advice: string[] = [];
  if (width > LARGE_WIDTH) {
    advice.push(
      `${String(width)} x ${String(height)} is larger than Lookout needs and costs much to decode: ` +
        "use the camera's second stream, 640 to 1280 pixels wide.",
    );
  }
  if (keyGap > LONG_KEY_GAP) {
    advice.push(
      `Key frames are more than ${String(Math.floor(keyGap))} s apart, so the picture comes late ` +
        'after each start: set the key frame (I-frame) interval to 1 or 2 s in the camera.',
    );
  }
  if (pixelFormat?.includes('444') === true) {
    advice.push(
      'The colours are kept at full resolution (4:4:4), which costs processor time and shows ' +
        'nothing here: choose 4:2:0 in the camera.',
    );
  }
  if (interlaced) {
    advice.push(
      'The picture is interlaced: moving edges look like combs. Choose a progressive mode in the camera.',
    );
  }
  if (fps === null) {
    advice.push(
      'Too few pictures came to tell how many a second: look at the camera’s frame rate.',
    );
  } else if (fps < SLOW_FPS) {
    advice.push(
      `Only ${String(fps)} pictures a second come: fast things may be missed. Raise the camera’s frame rate.`,
    );
  }
  return advice;
}
