import type { Detection } from '@lookout/contracts';
import { classColour } from './class-colour.ts';
import { boxInView, chipPlace, type Rectangle } from './overlay-geometry.ts';

export type BoxStyle = 'solid' | 'dashed' | 'none';

export interface OverlayScene {
  readonly detections: readonly Detection[];
  readonly style: BoxStyle;
  /** How much older than the picture the boxes are, in words; `null` when they belong to it. */
  readonly lag: string | null;
}

const CHIP_HEIGHT = 17;
const CHIP_PADDING = 4;
const FONT = '600 12px system-ui, sans-serif';
const LAG_FONT = '400 12px system-ui, sans-serif';
const INK = '#101214';
const SHADE = 'rgb(16 18 20 / 80%)';
/** On narrower pictures the lag stands once in the corner: there is no room for it on each box. */
const ROOM_FOR_LAGS = 480;

/**
 * Paints boxes and their labels over a picture that lies at `picture`, in CSS pixels.
 * @returns the number of boxes
 */
export function paintOverlay(
  context: CanvasRenderingContext2D,
  scene: OverlayScene,
  picture: Rectangle,
): number {
  if (scene.style === 'none' || picture.width === 0) return 0;
  const stale = scene.style === 'dashed';
  const { detections, lag } = scene;
  context.textBaseline = 'middle';
  context.setLineDash(stale ? [6, 4] : []);
  context.globalAlpha = stale ? 0.6 : 1;
  for (const detection of detections) paintBox(context, detection, picture);
  context.globalAlpha = 1;
  const lagOnChips = picture.width >= ROOM_FOR_LAGS ? lag : null;
  const chips = layOutChips(context, detections, lagOnChips, picture);
  // The surest is painted last: where labels must overlap, it stays whole.
  for (const chip of chips.toReversed()) paintChip(context, chip, stale);
  if (lag !== lagOnChips && detections.length > 0) paintLag(context, lag ?? '', picture);
  return detections.length;
}

interface Chip {
  readonly place: Rectangle;
  readonly colour: string;
  readonly name: string;
  readonly lag: string | null;
  readonly lagWidth: number;
}

/** Gives each label its place, the surest first. */
function layOutChips(
  context: CanvasRenderingContext2D,
  detections: readonly Detection[],
  lag: string | null,
  picture: Rectangle,
): Chip[] {
  context.font = LAG_FONT;
  const lagWidth = lag === null ? 0 : context.measureText(lag).width + CHIP_PADDING;
  context.font = FONT;
  const taken: Rectangle[] = [];
  return detections
    .toSorted((a, b) => b.confidence - a.confidence)
    .map(({ label, confidence, box }) => {
      const name = `${label} ${String(Math.round(confidence * 100))}`;
      const width = context.measureText(name).width + lagWidth + 2 * CHIP_PADDING;
      const inView = boxInView(box, picture);
      const size = { width, height: CHIP_HEIGHT };
      const place = chipPlace({ ...inView, x: inView.x - 1 }, size, picture, taken);
      taken.push(place);
      return { place, colour: classColour(label), name, lag, lagWidth };
    });
}

function paintBox(
  context: CanvasRenderingContext2D,
  detection: Detection,
  picture: Rectangle,
): void {
  const box = boxInView(detection.box, picture);
  // A dark edge around the coloured line keeps it visible on a picture of the same colour.
  context.lineWidth = 4;
  context.strokeStyle = 'rgb(0 0 0 / 45%)';
  context.strokeRect(box.x, box.y, box.width, box.height);
  context.lineWidth = 2;
  context.strokeStyle = classColour(detection.label);
  context.strokeRect(box.x, box.y, box.width, box.height);
}

function paintChip(context: CanvasRenderingContext2D, chip: Chip, stale: boolean): void {
  const { place, colour, name, lag, lagWidth } = chip;
  const middle = place.y + CHIP_HEIGHT / 2 + 0.5;
  // A stale label steps back and can still be read: coloured on dark instead of dark on colour.
  context.fillStyle = stale ? SHADE : colour;
  context.fillRect(place.x, place.y, place.width, place.height);
  context.fillStyle = stale ? colour : INK;
  context.font = FONT;
  context.fillText(name, place.x + CHIP_PADDING, middle);
  if (lag === null) return;
  context.font = LAG_FONT;
  context.fillText(lag, place.x + place.width - lagWidth, middle);
}

function paintLag(context: CanvasRenderingContext2D, lag: string, picture: Rectangle): void {
  const text = `boxes ${lag}`;
  context.font = LAG_FONT;
  const width = context.measureText(text).width + 2 * CHIP_PADDING;
  context.fillStyle = SHADE;
  context.fillRect(picture.x, picture.y, width, CHIP_HEIGHT);
  context.fillStyle = '#e8eaed';
  context.fillText(text, picture.x + CHIP_PADDING, picture.y + CHIP_HEIGHT / 2 + 0.5);
}
