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

/** Paints boxes and their labels over a picture that lies at `picture`, in CSS pixels. */
export function paintOverlay(
  context: CanvasRenderingContext2D,
  scene: OverlayScene,
  picture: Rectangle,
): number {
  if (scene.style === 'none' || picture.width === 0) return 0;
  context.textBaseline = 'middle';
  const stale = scene.style === 'dashed';
  context.setLineDash(stale ? [6, 4] : []);
  const byConfidence = scene.detections.toSorted((a, b) => a.confidence - b.confidence);
  const wide = picture.width >= ROOM_FOR_LAGS;
  context.globalAlpha = stale ? 0.6 : 1;
  for (const detection of byConfidence) paintBox(context, detection, picture);
  context.globalAlpha = 1;
  for (const detection of byConfidence) {
    paintChip(context, detection, { lag: wide ? scene.lag : null, stale }, picture);
  }
  if (!wide && scene.lag !== null && byConfidence.length > 0) {
    paintLag(context, scene.lag, picture);
  }
  return byConfidence.length;
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

function paintChip(
  context: CanvasRenderingContext2D,
  detection: Detection,
  { lag, stale }: { lag: string | null; stale: boolean },
  picture: Rectangle,
): void {
  const name = `${detection.label} ${String(Math.round(detection.confidence * 100))}`;
  context.font = FONT;
  const nameWidth = context.measureText(name).width;
  context.font = LAG_FONT;
  const lagWidth = lag === null ? 0 : context.measureText(lag).width + CHIP_PADDING;
  const box = boxInView(detection.box, picture);
  const size = { width: nameWidth + lagWidth + 2 * CHIP_PADDING, height: CHIP_HEIGHT };
  const chip = chipPlace({ ...box, x: box.x - 1, y: box.y - 1 }, size, picture);
  const middle = chip.y + CHIP_HEIGHT / 2 + 0.5;
  // A stale label steps back and can still be read: coloured on dark instead of dark on colour.
  const colour = classColour(detection.label);
  context.fillStyle = stale ? SHADE : colour;
  context.fillRect(chip.x, chip.y, chip.width, chip.height);
  context.fillStyle = stale ? colour : INK;
  if (lag !== null) {
    context.fillText(lag, chip.x + chip.width - lagWidth, middle);
  }
  context.font = FONT;
  context.fillText(name, chip.x + CHIP_PADDING, middle);
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
