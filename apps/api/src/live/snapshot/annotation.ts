import type { Detection } from '@lookout/contracts';
import sharp from 'sharp';
import { GLYPH_HEIGHT, textPath, textWidth } from './glyphs.ts';

const PADDING = 2;

/** Draws boxes with labels into a picture. @returns a JPEG of the same size */
export async function annotate(
  jpeg: Uint8Array,
  detections: readonly Detection[],
  quality: number,
): Promise<Buffer> {
  const picture = sharp(jpeg);
  const { width, height } = await picture.metadata();
  return picture
    .composite([{ input: Buffer.from(overlay(detections, width, height)) }])
    .jpeg({ quality })
    .toBuffer();
}

/** Boxes and labels as SVG without text elements: those need a font. */
export function overlay(detections: readonly Detection[], width: number, height: number): string {
  const scale = Math.max(1, Math.round(width / 480));
  const drawn = detections.map((detection) => drawOne(detection, width, height, scale));
  const size = `width="${String(width)}" height="${String(height)}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${drawn.join('')}</svg>`;
}

function drawOne(detection: Detection, width: number, height: number, scale: number): string {
  const { box, label, confidence, classId } = detection;
  const x = Math.round(box.x * width);
  const y = Math.round(box.y * height);
  const color = classColor(classId);
  const frame = rectangle(x, y, Math.round(box.width * width), Math.round(box.height * height));
  const text = `${label} ${String(Math.round(confidence * 100))}%`;
  const padding = PADDING * scale;
  const labelHeight = GLYPH_HEIGHT * scale + 2 * padding;
  const labelWidth = textWidth(text, scale) + 2 * padding;
  const left = Math.max(0, Math.min(x, width - labelWidth));
  // Above the box, or inside it where the picture ends.
  const top = y >= labelHeight ? y - labelHeight : y;
  const stroke = String(2 * scale);
  return (
    `<rect ${frame} fill="none" stroke="${color}" stroke-width="${stroke}"/>` +
    `<rect ${rectangle(left, top, labelWidth, labelHeight)} fill="${color}"/>` +
    `<path d="${textPath(text, left + padding, top + padding, scale)}" fill="#000"/>`
  );
}

function rectangle(x: number, y: number, width: number, height: number): string {
  return `x="${String(x)}" y="${String(y)}" width="${String(width)}" height="${String(height)}"`;
}

/** A light colour that stays with its class; turning by the golden angle keeps neighbours apart. */
function classColor(classId: number): string {
  return `hsl(${String(Math.round((classId * 137.508 + 100) % 360))}, 90%, 65%)`;
}
