import type { Camera, CameraState, CameraStatus } from '@lookout/contracts';
import { sourceView } from '../cameras/source-view.ts';
import { stateView, type StateView } from '../live/camera-state.ts';

/** A camera as a line of the list. */
export interface CameraRow {
  readonly camera: Camera;
  readonly state: StateView;
  readonly kind: CameraState | null;
  readonly reason: string | null;
  readonly rates: CameraStatus['rates'] | null;
  readonly source: { readonly type: string; readonly place: string };
}

export const SORT_KEYS = ['name', 'state', 'source', 'capture', 'detected'] as const;
export type SortKey = (typeof SORT_KEYS)[number];

export interface Order {
  readonly key: SortKey;
  readonly descending: boolean;
}

/** Which cameras to list by their state: all, those that need a look, those that run, those that are off. */
export type StateFilter = 'all' | 'trouble' | 'live' | 'off';

/** @param news - what is known of the camera now; `null` when nothing is */
export function cameraRow(camera: Camera, news: CameraStatus | null): CameraRow {
  return {
    camera,
    state: stateView(news),
    kind: news?.state ?? null,
    reason: news?.reason ?? null,
    // Of a camera that is off nothing was asked for: its zeros would look like a fault.
    rates: news === null || news.state === 'disabled' ? null : news.rates,
    source: sourceView(camera.source),
  };
}

/** The rows that hold every word of `text` somewhere, in a state that is asked for. */
export function filterRows(
  rows: readonly CameraRow[],
  text: string,
  filter: StateFilter,
): CameraRow[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return rows.filter((row) => {
    if (!inState(row, filter)) return false;
    const { camera, source, state } = row;
    const all = [camera.name, camera.id, source.type, source.place, state.word, row.reason ?? '']
      .join(' ')
      .toLowerCase();
    return words.every((word) => all.includes(word));
  });
}

export function inState({ kind }: CameraRow, filter: StateFilter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'live':
      return kind === 'live';
    case 'off':
      return kind === 'disabled';
    case 'trouble':
      return kind !== null && TROUBLE.has(kind);
  }
}

const TROUBLE: ReadonlySet<CameraState> = new Set(['failed', 'reconnecting', 'stalled']);

/** What needs a person first. */
const URGENCY: readonly (CameraState | null)[] = [
  'failed',
  'reconnecting',
  'stalled',
  'starting',
  null,
  'live',
  'disabled',
];

/** Sorted; where two are equal, by name, so that rows never trade places for nothing. */
export function sortRows(rows: readonly CameraRow[], { key, descending }: Order): CameraRow[] {
  const sign = descending ? -1 : 1;
  return rows.toSorted((a, b) => sign * compare(a, b, key) || byName(a, b));
}

function compare(a: CameraRow, b: CameraRow, key: SortKey): number {
  switch (key) {
    case 'name':
      return byName(a, b);
    case 'state':
      return URGENCY.indexOf(a.kind) - URGENCY.indexOf(b.kind);
    case 'source':
      return (
        a.source.type.localeCompare(b.source.type) || a.source.place.localeCompare(b.source.place)
      );
    case 'capture':
    case 'detected':
      return rateOf(a, key) - rateOf(b, key);
  }
}

/** Whole frames: rates tremble by tenths, and rows should not tremble with them. */
function rateOf({ rates }: CameraRow, key: 'capture' | 'detected'): number {
  return rates === null ? -1 : Math.round(rates[key]);
}

function byName(a: CameraRow, b: CameraRow): number {
  return (
    a.camera.name.localeCompare(b.camera.name, undefined, { numeric: true }) ||
    a.camera.id.localeCompare(b.camera.id)
  );
}
