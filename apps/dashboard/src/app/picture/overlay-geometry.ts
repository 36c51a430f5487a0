import type { Box } from '@lookout/contracts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Rectangle extends Size {
  readonly x: number;
  readonly y: number;
}

/** Where a picture lies in a view that shows all of it, centred, with bars at two sides. */
export function letterbox(picture: Size, view: Size): Rectangle {
  if (picture.width <= 0 || picture.height <= 0) return { x: 0, y: 0, width: 0, height: 0 };
  const scale = Math.min(view.width / picture.width, view.height / picture.height);
  const width = picture.width * scale;
  const height = picture.height * scale;
  return { x: (view.width - width) / 2, y: (view.height - height) / 2, width, height };
}

/** A box in fractions of the picture, as pixels of the view, cut at the picture's edges. */
export function boxInView(box: Box, picture: Rectangle): Rectangle {
  const left = clamp(box.x, 0, 1);
  const top = clamp(box.y, 0, 1);
  const right = clamp(box.x + box.width, left, 1);
  const bottom = clamp(box.y + box.height, top, 1);
  return {
    x: picture.x + left * picture.width,
    y: picture.y + top * picture.height,
    width: (right - left) * picture.width,
    height: (bottom - top) * picture.height,
  };
}

/**
 * Where a box's label goes: above the box, else inside it, else below it, wherever it first covers no
 * label that has its place already; above or inside when it cannot help it. Never out of the picture.
 */
export function chipPlace(
  box: Rectangle,
  chip: Size,
  picture: Rectangle,
  taken: readonly Rectangle[] = [],
): Rectangle {
  const rightmost = Math.max(picture.x, picture.x + picture.width - chip.width);
  const lowest = Math.max(picture.y, picture.y + picture.height - chip.height);
  const x = clamp(box.x, picture.x, rightmost);
  const places = [box.y - chip.height, box.y, box.y + box.height]
    .filter((y) => y >= picture.y)
    .map((y) => ({ x, y: Math.min(y, lowest), width: chip.width, height: chip.height }));
  const free = places.find((place) => !taken.some((other) => overlap(place, other)));
  return free ?? places[0] ?? { x, y: picture.y, width: chip.width, height: chip.height };
}

/** Whether two rectangles share any area. */
export function overlap(a: Rectangle, b: Rectangle): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
