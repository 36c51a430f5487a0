import { Component, computed, effect, inject, input, viewChild } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Title } from '@angular/platform-browser';
import { Router, RouterLink } from '@angular/router';
import { CamerasAwaited } from '../cameras/cameras-awaited.ts';
import { Cameras } from '../cameras/cameras.ts';
import { Deletions } from '../cameras/deletions.ts';
import { CameraCurves } from '../curves/camera-curves.ts';
import { Tile } from '../live/tile.ts';
import { Session } from '../session/session.ts';
import { Icon } from '../shell/icon.ts';
import { Shortcuts } from '../shell/shortcuts.ts';
import { CameraWatches } from '../watch/camera-watches.ts';
import { BooksTable } from './books-table.ts';
import { CopyButton } from './copy-button.ts';
import { RecentResults } from './recent-results.ts';

/** Everything about one camera, at an address of its own. */
@Component({
  selector: 'lo-camera-page',
  imports: [
    BooksTable,
    CameraCurves,
    CamerasAwaited,
    CopyButton,
    Icon,
    MatButton,
    RecentResults,
    RouterLink,
    Tile,
  ],
  templateUrl: './camera-page.html',
  styleUrl: './camera-page.scss',
  host: { '(document:keydown)': 'onKey($event)' },
})
export class CameraPage {
  readonly #watches = inject(CameraWatches);
  readonly #cameras = inject(Cameras);
  readonly #deletions = inject(Deletions);
  readonly #router = inject(Router);
  readonly #shortcuts = inject(Shortcuts);

  private readonly tile = viewChild(Tile);
  protected readonly session = inject(Session);

  /** From the address. */
  readonly id = input.required<string>();

  protected readonly loaded = computed(() => this.#cameras.list() !== null);
  protected readonly watch = computed(() => {
    const camera = this.#cameras.list()?.find(({ id }) => id === this.id());
    return camera === undefined ? null : this.#watches.of(camera);
  });

  constructor() {
    const title = inject(Title);
    effect(() => {
      title.setTitle(`${this.watch()?.camera().name ?? 'Camera'} · Lookout`);
    });
  }

  protected readonly address = (): string => location.href;
  protected readonly snapshotAddress = (): string =>
    new URL(`/api/v1/cameras/${this.id()}/snapshot.jpg`, location.href).href;
  protected readonly settings = (): string => JSON.stringify(this.watch()?.camera(), null, 2);
  protected readonly statusText = (): string => JSON.stringify(this.watch()?.status(), null, 2);

  protected remove(): void {
    const camera = this.watch()?.camera();
    if (camera === undefined) return;
    this.#deletions.begin(camera);
    void this.#router.navigate(['/']);
  }

  protected onKey(event: KeyboardEvent): void {
    const key = this.#shortcuts.keyOf(event);
    if (key === null || (document.fullscreenElement !== null && key === 'Escape')) return;
    if (key === 'Escape') void this.#router.navigate(['/']);
    else if (this.tile()?.act(key) !== true) return;
    event.preventDefault();
  }
}
