import {
  Component,
  computed,
  effect,
  type ElementRef,
  inject,
  signal,
  viewChild,
  viewChildren,
} from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Router, RouterLink } from '@angular/router';
import { Cameras } from '../cameras/cameras.ts';
import { Deletions } from '../cameras/deletions.ts';
import { Session } from '../session/session.ts';
import { Shortcuts } from '../shell/shortcuts.ts';
import { CameraWatches } from '../watch/camera-watches.ts';
import { CurvesPanel } from './curves-panel.ts';
import { DemoLine } from './demo-line.ts';
import { gridLayout, neighbour } from './grid-layout.ts';
import { Tile } from './tile.ts';

/** Tiles lower than this fold their figures. */
const DENSE_HEIGHT = 330;
const GAP = 8;

/** All cameras at once. */
@Component({
  selector: 'lo-live-page',
  imports: [CurvesPanel, DemoLine, MatButton, RouterLink, Tile],
  templateUrl: './live-page.html',
  styleUrl: './live-page.scss',
  host: { '(keydown)': 'onKey($event)' },
})
export class LivePage {
  readonly #watches = inject(CameraWatches);
  readonly #router = inject(Router);
  readonly #shortcuts = inject(Shortcuts);
  private readonly grid = viewChild<ElementRef<HTMLElement>>('grid');
  private readonly tiles = viewChildren(Tile);
  readonly #room = signal({ width: 1280, height: 720 });

  protected readonly session = inject(Session);
  protected readonly cameras = inject(Cameras);
  protected readonly deletions = inject(Deletions);
  protected readonly watches = computed(() =>
    this.cameras.list()?.map((camera) => this.#watches.of(camera)),
  );
  protected readonly current = signal(0);
  protected readonly curvesOf = signal<string | null>(null);
  protected readonly curves = computed(() =>
    this.watches()?.find((watch) => watch.camera().id === this.curvesOf()),
  );
  protected readonly layout = computed(() => {
    const { width, height } = this.#room();
    return gridLayout(this.watches()?.length ?? 0, width, height);
  });
  protected readonly dense = computed(() => {
    const { rows, columns } = this.layout();
    const { width, height } = this.#room();
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
    if (this.#act(key, tile, event.target)) event.preventDefault();
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
