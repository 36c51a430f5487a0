import type { Box } from '@lookout/contracts';

/** Width and height of a picture in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Two opposite corners of a rectangle in pixels of the model's input. */
export interface Corners {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/**
 * How a frame lies in the model's square input: scaled as a whole, centred, the rest left grey.
 * All in pixels of the input.
 */
export interface Letterbox {
  /** Side of the square. */
  readonly input: number;
  /** The frame as it was before. */
  readonly frame: Size;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Fits a frame into a square input, as YOLOv5 was trained and is validated.
 * @param input - side of the square in pixels
 * @throws RangeError for a frame without pixels
 */
export function letterbox(frame: Size, input: number): Letterbox {
  if (!(frame.width >= 1 && frame.height >= 1)) {
    throw new RangeError(`a frame of ${String(frame.width)}x${String(frame.height)} has no pixels`);
  }
  const scale = Math.min(input / frame.width, input / frame.height);
  const width = Math.max(1, Math.round(frame.width * scale));
  const height = Math.max(1, Math.round(frame.height * scale));
  const left = Math.floor((input - width) / 2);
  const top = Math.floor((input - height) / 2);
  return { input, frame, left, top, width, height };
}

/**
 * Maps a rectangle of the input back to fractions of the frame, cut off at the frame's edges.
 * @returns `null` when nothing of it lies inside the frame
 */
export function toFrameBox(place: Letterbox, corners: Corners): Box | null {
  const x = clip((corners.left - place.left) / place.width);
  const y = clip((corners.top - place.top) / place.height);
  const right = clip((corners.right - place.left) / place.width);
  const bottom = clip((corners.bottom - place.top) / place.height);
  if (!(right > x && bottom > y)) return null;
  return { x, y, width: Math.min(right - x, 1 - x), height: Math.min(bottom - y, 1 - y) };
}

/** Maps fractions of the frame to a rectangle of the input. */
export function toInputCorners(place: Letterbox, box: Box): Corners {
  return {
    left: place.left + box.x * place.width,
    top: place.top + box.y * place.height,
    right: place.left + (box.x + box.width) * place.width,
    bottom: place.top + (box.y + box.height) * place.height,
  };
}

function clip(fraction: number): number {
  return Math.min(1, Math.max(0, fraction));
}
