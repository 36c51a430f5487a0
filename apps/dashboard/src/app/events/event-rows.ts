/** How cards lie in a given width. */
export interface EventGridLayout {
  readonly columns: number;
  /** With the space below it, in pixels. */
  readonly rowHeight: number;
  /** Cards lie on their side, in one column. */
  readonly flat: boolean;
}

const SMALLEST_CARD = 208;
const GAP = 10;
const WORDS = 68;
const FLAT_BELOW = 2 * SMALLEST_CARD;
const FLAT_HEIGHT = 94;

/** As many cards side by side as have room; on a phone a list. */
export function gridOf(width: number): EventGridLayout {
  if (width < FLAT_BELOW) return { columns: 1, rowHeight: FLAT_HEIGHT, flat: true };
  const columns = Math.max(1, Math.floor((width + GAP) / (SMALLEST_CARD + GAP)));
  const card = (width - (columns - 1) * GAP) / columns;
  return { columns, rowHeight: Math.round((card * 9) / 16) + WORDS + GAP, flat: false };
}

/** A list cut into rows; the last one may be shorter. */
export function rowsOf<Item>(items: readonly Item[], columns: number): Item[][] {
  const rows: Item[][] = [];
  for (let at = 0; at < items.length; at += columns) rows.push(items.slice(at, at + columns));
  return rows;
}
