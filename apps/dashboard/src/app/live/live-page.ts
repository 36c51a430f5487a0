import { CdkDrag, type CdkDragDrop, CdkDropList } from '@angular/cdk/drag-drop';
import {
  afterNextRender,
  Component,
  computed,
  effect,
  type ElementRef,
  inject,
  Injector,
  signal,
  viewChild,
  viewChildren,
} from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Router, RouterLink } from '@angular/router';
import { CamerasAwaited } from '../cameras/cameras-awaited.ts';
import { Cameras } from '../cameras/cameras.ts';
import { Deletions } from '../cameras/deletions.ts';
import { RecentStrip } from '../events/recent-strip.ts';
import { Session } from '../session/session.ts';
import { Shortcuts } from '../shell/shortcuts.ts';
import { CameraWatches } from '../watch/camera-watches.ts';
import { CurvesPanel } from './curves-panel.ts';
import { DemoLine } from './demo-line.ts';
import { Arrangement, inOrder } from './arrangement.ts';
import { chosenLayout, neighbour } from './grid-layout.ts';
import { Tile } from './tile.ts';

/** Tiles lower than this fold their figures. */
const DENSE_HEIGHT = 330;
const GAP = 8;

/** All cameras at once. */
@Component({
  selector: 'lo-live-page',
  imports: [
    CamerasAwaited,
    CdkDrag,
    CdkDropList,
    CurvesPanel,
    DemoLine,
    MatButton,
    RecentStrip,
    RouterLink,
    Tile,
  ],
  templateUrl: './live-page.html',
  styleUrl: './live-page.scss',
  host: { '(keydown)': 'onKey($event)' },
})
export class LivePage {
  readonly #watches = inject(CameraWatches);
  readonly #router = inject(Router);
  readonly #shortcuts = inject(Shortcuts);
  protected readonly arrangement = inject(Arrangement);
  readonly #injector = inject(Injector);
  private readonly grid = viewChild<ElementRef<HTMLElement>>('grid');
  private readonly tiles = viewChildren(Tile);
  readonly #room = signal({ width: 1280, height: 720 });

  protected readonly session = inject(Session);
  protected readonly cameras = inject(Cameras);
  protected readonly deletions = inject(Deletions);
  readonly #ordered = computed(() => {
    const list = this.cameras.list();
    if (list === null) return undefined;
    const ordered = inOrder(list, this.arrangement.order());
    // Those without a tile follow the others, so that places count tiles.
    return this.arrangement.withOff() ? ordered : ordered.sort(onFirst);
  });
  readonly #shown = computed(() =>
    this.#ordered()?.filter(({ enabled }) => enabled || this.arrangement.withOff()),
  );
  protected readonly watches = computed(() =>
    this.#shown()?.map((camera) => this.#watches.of(camera)),
  );
  protected readonly current = signal(0);
  protected readonly curvesOf = signal<string | null>(null);
  protected readonly curves = computed(() =>
    this.watches()?.find((watch) => watch.camera().id === this.curvesOf()),
  );
  protected readonly layout = computed(() => {
    const { width, height } = this.#room();
    const count = this.watches()?.length ?? 0;
    return chosenLayout(this.arrangement.layout(), count, width, height, GAP);
  });
  protected readonly dense = computed(() => {
    const { rows, columns, rowHeight } = this.layout();
    const { width, height } = this.#room();
    if (rowHeight !== undefined) return rowHeight < DENSE_HEIGHT || width / columns < 360;
    return rows === null || (height - GAP) / rows < DENSE_HEIGHT || width / columns < 360;
  });

  constructor() {
    effect((onCleanup) => {
      const grid = this.grid()?.nativeElement;
      if (grid === undefined) return;
      const size = new ResizeObserver(() => {
        this.#room.set({ width: grid.clientWidth, height: grid.clientHeight });
      });
      size.observe(grid);
      onCleanup(() => {
        size.disconnect();
      });
    });
  }

  protected onKey(event: KeyboardEvent): void {
    const key = this.#shortcuts.keyOf(event);
    const tile = this.tiles()[this.current()];
    if (key === null || tile === undefined) return;
    const done =
      event.shiftKey && key.startsWith('Arrow')
        ? this.#carry(key)
        : this.#act(key, tile, event.target);
    if (done) event.preventDefault();
  }

  protected drop({ previousIndex, currentIndex }: CdkDragDrop<unknown>): void {
    this.arrangement.move(this.#ordered() ?? [], previousIndex, currentIndex);
    this.current.set(currentIndex);
  }

  /** Takes the tile along to where an arrow key leads. */
  #carry(key: string): boolean {
    const cameras = this.#shown() ?? [];
    const from = this.current();
    const to = neighbour(from, key, this.layout().columns, cameras.length);
    this.arrangement.move(this.#ordered() ?? [], from, to);
    this.current.set(to);
    // An element that is moved in the document loses the focus.
    afterNextRender(() => this.tiles()[to]?.focus(), { injector: this.#injector });
    return true;
  }

  #act(key: string, tile: Tile, target: EventTarget | null): boolean {
    const onTile = target instanceof Element && target.matches('lo-tile');
    switch (key) {
      case 'ArrowLeft':
      case 'ArrowRight':
      case 'ArrowUp':
      case 'ArrowDown':
        return this.#move(key);
      case 'Enter':
        if (!onTile) return false;
        void this.#router.navigate(['/cameras', tile.watch().camera().id]);
        return true;
      case 'Escape':
        this.curvesOf.set(null);
        return true;
      default:
        return tile.act(key);
    }
  }

  #move(key: string): boolean {
    const tiles = this.tiles();
    const next = neighbour(this.current(), key, this.layout().columns, tiles.length);
    this.current.set(next);
    tiles[next]?.focus();
    return true;
  }
}

function onFirst(a: { enabled: boolean }, b: { enabled: boolean }): number {
  return Number(b.enabled) - Number(a.enabled);
}
