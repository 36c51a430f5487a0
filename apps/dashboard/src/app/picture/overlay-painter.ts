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

const FONT_PX = 12;
const CHIP_HEIGHT = 17;
const CHIP_PADDING = 4;
const FONT = `600 ${String(FONT_PX)}px system-ui, sans-serif`;

/** Paints boxes and their labels over a picture that lies at `picture`, in CSS pixels. */
export function paintOverlay(
  context: CanvasRenderingContext2D,
  scene: OverlayScene,
  picture: Rectangle,
): number {
  if (scene.style === 'none' || picture.width === 0) return 0;
  context.font = FONT;
  context.textBaseline = 'middle';
  context.globalAlpha = scene.style === 'dashed' ? 0.6 : 1;
  const byConfidence = scene.detections.toSorted((a, b) => a.confidence - b.confidence);
  for (const detection of byConfidence) paintBox(context, detection, scene, picture);
  for (const detection of byConfidence) paintChip(context, detection, scene, picture);
  context.globalAlpha = 1;
  return byConfidence.length;
}

function paintBox(
  context: CanvasRenderingContext2D,
  detection: Detection,
  scene: OverlayScene,
  picture: Rectangle,
): void {
  const box = boxInView(detection.box, picture);
  context.setLineDash(scene.style === 'dashed' ? [6, 4] : []);
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
  scene: OverlayScene,
  picture: Rectangle,
): void {
  const name = `${detection.label} ${String(Math.round(detection.confidence * 100))}`;
  const text = scene.lag === null ? name : `${name} · ${scene.lag}`;
  const box = boxInView(detection.box, picture);
  const size = { width: context.measureText(text).width + 2 * CHIP_PADDING, height: CHIP_HEIGHT };
  const chip = chipPlace({ ...box, x: box.x - 1, y: box.y - 1 }, size, picture);
  context.fillStyle = classColour(detection.label);
  context.fillRect(chip.x, chip.y, chip.width, chip.height);
  context.fillStyle = '#101214';
  context.fillText(text, chip.x + CHIP_PADDING, chip.y + CHIP_HEIGHT / 2 + 0.5);
}
