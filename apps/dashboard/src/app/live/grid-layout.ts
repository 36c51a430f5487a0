import type { Layout } from './arrangement.ts';

/** Of a tile, what is not picture: its name line, its foot and its figures, in CSS pixels. */
export interface TileChrome {
  readonly height: number;
  readonly width: number;
}

export interface GridLayout {
  readonly columns: number;
  /** Rows that share the window's height; `null` when the page scrolls. */
  readonly rows: number | null;
  /** Of a page that scrolls, when a number of tiles was chosen that share the window. */
  readonly rowHeight?: number;
}

/** More tiles than this and the page scrolls: smaller ones would show nothing. */
const MOST_WITHOUT_SCROLLING = 16;
/** In a flat window a row still shows something, CSS pixels. */
const LOWEST_ROW = 120;
const PHONE_WIDTH = 600;
const ASPECT = 16 / 9;

/**
 * The grid in which `count` pictures become largest in a window of `width` x `height`. Phones get
 * one column and scroll.
 */
export function gridLayout(
  count: number,
  width: number,
  height: number,
  chrome: TileChrome = { width: 0, height: 72 },
): GridLayout {
  if (width < PHONE_WIDTH) return { columns: 1, rows: null };
  const shown = Math.min(Math.max(count, 1), MOST_WITHOUT_SCROLLING);
  let best = 1;
  let bestWidth = 0;
  for (let columns = 1; columns <= shown; columns += 1) {
    const rows = Math.ceil(shown / columns);
    const pictureHeight = height / rows - chrome.height;
    const pictureWidth = Math.min(width / columns - chrome.width, pictureHeight * ASPECT);
    if (pictureWidth > bestWidth) {
      best = columns;
      bestWidth = pictureWidth;
    }
  }
  const scrolls = count > MOST_WITHOUT_SCROLLING || bestWidth === 0;
  return { columns: best, rows: scrolls ? null : Math.ceil(shown / best) };
}

/** The grid of a chosen number of tiles; more cameras than that are reached by scrolling. */
export function chosenLayout(
  layout: Layout,
  count: number,
  width: number,
  height: number,
  gap: number,
): GridLayout {
  if (layout === 'auto' || width < PHONE_WIDTH) return gridLayout(count, width, height);
  const side = Math.sqrt(layout);
  if (count <= layout) return { columns: side, rows: side };
  const rowHeight = Math.floor((height - gap * (side + 1)) / side);
  return { columns: side, rows: null, rowHeight: Math.max(rowHeight, LOWEST_ROW) };
}

/** Where an arrow key leads from the tile at `index`; the same tile at the grid's edge. */
export function neighbour(index: number, key: string, columns: number, count: number): number {
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[key];
  if (step === undefined) return index;
  const next = index + step;
  return next >= 0 && next < count ? next : index;
}
