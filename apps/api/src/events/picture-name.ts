import type { Position } from '@lookout/presence';

// With `.new` it is not the picture yet, but what may become it.
const PICTURE = /^([0-9a-z-]{8,64})(?:\.\d+-\d+)?\.jpg(?:\.new)?$/;

/**
 * Name of the file that shows a frame as the picture of an event. Each frame has its own, so that a
 * row and the file that it names agree whatever happens between the writing of the two.
 * @param frame - `null`: of an event that was kept when it had one name for all its frames
 */
export function pictureName(eventId: string, frame: Position | null): string {
  if (frame === null) return `${eventId}.jpg`;
  return `${eventId}.${String(frame.epoch)}-${String(frame.sequence)}.jpg`;
}

/** Event of a file that is a picture or was to be one; `undefined` when it is neither. */
export function eventOfPicture(name: string): string | undefined {
  return PICTURE.exec(name)?.[1];
}
