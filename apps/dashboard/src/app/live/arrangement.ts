import { inject, Injectable, signal } from '@angular/core';
import { LiveAnnouncer } from '@angular/cdk/a11y';
import { stored } from '../shell/stored.ts';

/** How many tiles share the window: as many as there are, or always this many. */
export const LAYOUTS = ['auto', 1, 4, 9, 16] as const;
export type Layout = (typeof LAYOUTS)[number];

/** How this browser's owner wants the tiles; remembered here, of no concern to anybody else. */
@Injectable({ providedIn: 'root' })
export class Arrangement {
  readonly #announcer = inject(LiveAnnouncer);
  readonly layout = signal<Layout>(readLayout());
  /** Ids of cameras in the order in which their tiles were put. */
  readonly order = signal<readonly string[]>(readOrder());

  /** Whether cameras that are switched off have a tile. */
  readonly withOff = signal(stored.read('off-tiles') !== 'hidden');

  showOff(shown: boolean): void {
    this.withOff.set(shown);
    stored.write('off-tiles', shown ? 'shown' : 'hidden');
  }

  choose(layout: Layout): void {
    this.layout.set(layout);
    stored.write('layout', String(layout));
  }

  /**
   * Puts the tile at `from` to where `to` is.
   * @param cameras - as their tiles are now
   */
  move(cameras: readonly { id: string; name: string }[], from: number, to: number): void {
    const camera = cameras[from];
    if (camera === undefined || cameras[to] === undefined || from === to) return;
    const ids = moved(
      cameras.map(({ id }) => id),
      from,
      to,
    );
    this.order.set(ids);
    stored.write('order', JSON.stringify(ids));
    const place = `${String(to + 1)} of ${String(ids.length)}`;
    void this.#announcer.announce(`${camera.name} is now ${place}`, 'polite');
  }
}

/** Sorted as `ids` says; what is not among them follows in its own order. */
export function inOrder<Item extends { id: string }>(
  items: readonly Item[],
  ids: readonly string[],
): Item[] {
  const places = new Map(ids.map((id, place) => [id, place]));
  const placeOf = ({ id }: Item): number => places.get(id) ?? ids.length;
  return items.toSorted((a, b) => placeOf(a) - placeOf(b));
}

export function moved<Item>(items: readonly Item[], from: number, to: number): Item[] {
  const rest = items.filter((_, index) => index !== from);
  return [...rest.slice(0, to), ...items.slice(from, from + 1), ...rest.slice(to)];
}

function readLayout(): Layout {
  const text = stored.read('layout');
  return LAYOUTS.find((layout) => String(layout) === text) ?? 'auto';
}

function readOrder(): readonly string[] {
  try {
    const order: unknown = JSON.parse(stored.read('order') ?? '[]');
    return Array.isArray(order) ? order.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}
