import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import type { Detection } from '@lookout/contracts';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { annotate, overlay } from './annotation.ts';
import { textWidth } from './glyphs.ts';

const WIDTH = 480;
const HEIGHT = 270;

const person: Detection = {
  classId: 0,
  label: 'person',
  confidence: 0.87,
  box: { x: 0.25, y: 0.4, width: 0.5, height: 0.4 },
};

function grey(): Promise<Buffer> {
  const background = { r: 60, g: 60, b: 60 };
  return sharp({ create: { width: WIDTH, height: HEIGHT, channels: 3, background } })
    .jpeg({ quality: 95 })
    .toBuffer();
}

async function pixels(jpeg: Uint8Array) {
  const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true });
  expect([info.width, info.height]).toEqual([WIDTH, HEIGHT]);
  return (x: number, y: number) => {
    const at = (y * info.width + x) * info.channels;
    return [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0] as const;
  };
}

const isGrey = ([r, g, b]: readonly [number, number, number]) =>
  Math.max(Math.abs(r - 60), Math.abs(g - 60), Math.abs(b - 60)) < 16;

describe('annotated snapshot', () => {
  it('draws box and label into the picture and leaves the rest alone', async () => {
    const at = await pixels(await annotate(await grey(), [person], 95));
    for (const [x, y] of [
      [120, 180],
      [360, 180],
      [200, 108],
      [200, 216],
    ] as const) {
      expect(isGrey(at(x, y))).toBe(false);
    }
    expect(isGrey(at(240, 180))).toBe(true);
    expect(isGrey(at(60, 250))).toBe(true);
  });

  it('writes the label in black on the colour of the class', async () => {
    const at = await pixels(await annotate(await grey(), [person], 95));
    // The letter P begins two pixels into the label: its stem is dark, the ground beside it is not.
    const brightness = (x: number, y: number) => Math.max(...at(x, y));
    const rows = [0, 1, 2, 3, 4, 5, 6];
    const stem = rows.map((row) => brightness(122, 99 + row));
    const ground = brightness(124, 104);
    expect(Math.max(...stem)).toBeLessThan(130);
    expect(ground).toBeGreaterThan(150);
  });

  it('needs no font', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lookout-fonts-'));
    await writeFile(join(folder, 'fonts.conf'), '<fontconfig></fontconfig>');
    await writeFile(join(folder, 'in.jpg'), await grey());
    const script = `
      import { readFileSync, writeFileSync } from 'node:fs';
      const { annotate } = await import(${JSON.stringify(new URL('annotation.ts', import.meta.url).href)});
      writeFileSync('out.jpg', await annotate(readFileSync('in.jpg'), ${JSON.stringify([person])}, 95));
    `;
    await writeFile(join(folder, 'draw.mjs'), script);
    const { status, stderr } = spawnSync(process.execPath, [join(folder, 'draw.mjs')], {
      cwd: folder,
      encoding: 'utf8',
      env: { FONTCONFIG_FILE: join(folder, 'fonts.conf'), HOME: folder },
    });
    expect([status, stderr]).toEqual([0, '']);
    const drawn = await sharp(join(folder, 'out.jpg')).toBuffer();
    const here = await annotate(await grey(), [person], 95);
    expect(drawn.equals(await sharp(here).toBuffer())).toBe(true);
    await rm(folder, { recursive: true });
  });

  it('keeps labels inside the picture, and markup out of it', () => {
    const corner = { ...person, label: '<b>"é"', box: { x: 0.97, y: 0, width: 0.03, height: 0.1 } };
    const svg = overlay([corner], WIDTH, HEIGHT);
    expect(svg).not.toContain('<b>');
    const width = textWidth('<b>"é" 87%', 1) + 4;
    expect(svg).toContain(`<rect x="${String(WIDTH - width)}" y="0" width="${String(width)}"`);
  });

  it('draws larger in larger pictures', () => {
    expect(textWidth('AB', 3)).toBe(33);
    expect(overlay([person], 1920, 1080)).toContain('stroke-width="8"');
  });
});
