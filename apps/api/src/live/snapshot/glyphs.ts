/** Pixels of a glyph; letters are drawn as capitals. */
export const GLYPH_WIDTH = 5;
export const GLYPH_HEIGHT = 7;

const UNKNOWN = '1f 11 11 11 11 11 1f';

// Seven rows each, from the top; of a row's five bits the highest is the leftmost pixel.
const GLYPHS: Readonly<Record<string, string>> = {
  ' ': '00 00 00 00 00 00 00',
  '%': '18 19 02 04 08 13 03',
  '&': '0c 12 14 08 15 12 0d',
  '(': '02 04 08 08 08 04 02',
  ')': '08 04 02 02 02 04 08',
  '+': '00 04 04 1f 04 04 00',
  ',': '00 00 00 00 0c 04 08',
  '-': '00 00 00 1f 00 00 00',
  '.': '00 00 00 00 00 0c 0c',
  '/': '00 01 02 04 08 10 00',
  ':': '00 0c 0c 00 0c 0c 00',
  _: '00 00 00 00 00 00 1f',
  '0': '0e 11 13 15 19 11 0e',
  '1': '04 0c 04 04 04 04 0e',
  '2': '0e 11 01 02 04 08 1f',
  '3': '1f 02 04 02 01 11 0e',
  '4': '02 06 0a 12 1f 02 02',
  '5': '1f 10 1e 01 01 11 0e',
  '6': '06 08 10 1e 11 11 0e',
  '7': '1f 01 02 04 08 08 08',
  '8': '0e 11 11 0e 11 11 0e',
  '9': '0e 11 11 0f 01 02 0c',
  A: '0e 11 11 11 1f 11 11',
  B: '1e 11 11 1e 11 11 1e',
  C: '0e 11 10 10 10 11 0e',
  D: '1c 12 11 11 11 12 1c',
  E: '1f 10 10 1e 10 10 1f',
  F: '1f 10 10 1e 10 10 10',
  G: '0e 11 10 17 11 11 0f',
  H: '11 11 11 1f 11 11 11',
  I: '0e 04 04 04 04 04 0e',
  J: '07 02 02 02 02 12 0c',
  K: '11 12 14 18 14 12 11',
  L: '10 10 10 10 10 10 1f',
  M: '11 1b 15 15 11 11 11',
  N: '11 11 19 15 13 11 11',
  O: '0e 11 11 11 11 11 0e',
  P: '1e 11 11 1e 10 10 10',
  Q: '0e 11 11 11 15 12 0d',
  R: '1e 11 11 1e 14 12 11',
  S: '0f 10 10 0e 01 01 1e',
  T: '1f 04 04 04 04 04 04',
  U: '11 11 11 11 11 11 0e',
  V: '11 11 11 11 11 0a 04',
  W: '11 11 11 15 15 15 0a',
  X: '11 11 0a 04 0a 11 11',
  Y: '11 11 11 0a 04 04 04',
  Z: '1f 01 02 04 08 10 1f',
};

/**
 * Draws a text as an SVG path of squares, because an edge box may have no font at all.
 * @param scale - pixels of the picture for one of a glyph's
 */
export function textPath(text: string, x: number, y: number, scale: number): string {
  return Array.from(text.toUpperCase(), (character, index) =>
    glyphPath(character, x + index * (GLYPH_WIDTH + 1) * scale, y, scale),
  ).join('');
}

/** Width of a text in pixels of the picture. */
export function textWidth(text: string, scale: number): number {
  return Math.max(0, Array.from(text).length * (GLYPH_WIDTH + 1) - 1) * scale;
}

function glyphPath(character: string, x: number, y: number, scale: number): string {
  const rows = (GLYPHS[character] ?? UNKNOWN).split(' ').map((row) => parseInt(row, 16));
  const squares: string[] = [];
  for (const [down, row] of rows.entries()) {
    for (let across = 0; across < GLYPH_WIDTH; across += 1) {
      if ((row & (1 << (GLYPH_WIDTH - 1 - across))) === 0) continue;
      const left = String(x + across * scale);
      squares.push(
        `M${left} ${String(y + down * scale)}h${String(scale)}v${String(scale)}H${left}z`,
      );
    }
  }
  return squares.join('');
}
