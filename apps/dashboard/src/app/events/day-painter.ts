import { classColour } from '../picture/class-colour.ts';
import type { Size } from '../picture/overlay-geometry.ts';
import type { Mark } from './day-lanes.ts';
import { hoursOf, type Span } from './span.ts';

/** A lane of a row with its line of space, in pixels. */
export const LANE_HEIGHT = 8;
export const ROW_PADDING = 3;

const BAR = LANE_HEIGHT - 2;
const FUTURE = 'rgb(255 255 255 / 7%)';
const OTHERS = '#8d949d';
const HOUR = 'rgb(255 255 255 / 9%)';
const AMBER = '#f5b544';
const GREY = '#a5abb3';
/** Pixels from one stroke of a hatching to the next. */
const STROKE = 4;

/**
 * Paints a row of the day: what was seen is a full bar of its label's colour, what is uncertain a
 * framed hatching in amber, and a gap a dotted line where nobody looked. What is yet to come is grey.
 */
export function paintDay(
  canvas: HTMLCanvasElement,
  { width, height }: Size,
  lanes: readonly { readonly label: string | null; readonly marks: readonly Mark[] }[],
  span: Span,
  now: number,
): void {
  const pen = canvas.getContext('2d');
  if (pen === null || width === 0) return;
  const scale = window.devicePixelRatio;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  pen.scale(scale, scale);
  const place = (moment: number) =>
    Math.floor(((moment - span.from) / (span.to - span.from)) * width);
  pen.fillStyle = FUTURE;
  pen.fillRect(place(now), 0, width, height);
  pen.fillStyle = HOUR;
  for (const hour of hoursOf(span, 1)) {
    pen.fillRect(place(hour), 0, 1, height);
  }
  for (const [index, { label, marks }] of lanes.entries()) {
    const y = ROW_PADDING + index * LANE_HEIGHT + 1;
    for (const mark of marks) paintMark(pen, mark, y, label === null ? OTHERS : classColour(label));
  }
}

function paintMark(
  pen: CanvasRenderingContext2D,
  { kind, x, width }: Mark,
  y: number,
  colour: string,
): void {
  switch (kind) {
    case 'seen':
      pen.fillStyle = colour;
      pen.fillRect(x, y, width, BAR);
      return;
    case 'uncertain':
      hatch(pen, x, y, width);
      return;
    case 'gap':
      pen.fillStyle = GREY;
      for (let dot = x; dot < x + width; dot += 3) pen.fillRect(dot, y + BAR / 2 - 0.5, 1, 1.5);
      return;
  }
}

function hatch(pen: CanvasRenderingContext2D, x: number, y: number, width: number): void {
  pen.save();
  pen.beginPath();
  pen.rect(x, y, width, BAR);
  pen.clip();
  pen.strokeStyle = AMBER;
  pen.lineWidth = 1;
  pen.beginPath();
  for (let at = x - BAR; at < x + width; at += STROKE) {
    pen.moveTo(at, y + BAR);
    pen.lineTo(at + BAR, y);
  }
  pen.stroke();
  pen.strokeRect(x + 0.5, y + 0.5, Math.max(0, width - 1), BAR - 1);
  pen.restore();
}
