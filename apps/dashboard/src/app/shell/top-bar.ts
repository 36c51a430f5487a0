import { Component, computed, inject } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { MatTooltip } from '@angular/material/tooltip';
import { isActive, Router, RouterLink, RouterLinkActive } from '@angular/router';
import { Cameras } from '../cameras/cameras.ts';
import { stateView } from '../live/camera-state.ts';
import { LayoutMenu } from '../live/layout-menu.ts';
import { Session } from '../session/session.ts';
import { CameraWatches } from '../watch/camera-watches.ts';
import { Connection } from './connection.ts';
import { HelpDialog } from './help-dialog.ts';
import { Icon } from './icon.ts';
import { Theme } from './theme.ts';

/** What holds for the whole page: connection, cameras by state, theme, who is signed in. */
@Component({
  selector: 'lo-top-bar',
  imports: [
    Icon,
    LayoutMenu,
    MatButton,
    MatIconButton,
    MatMenu,
    MatMenuItem,
    MatMenuTrigger,
    MatTooltip,
    RouterLink,
    RouterLinkActive,
  ],
  templateUrl: './top-bar.html',
  styleUrl: './top-bar.scss',
})
export class TopBar {
  readonly #cameras = inject(Cameras);
  readonly #watches = inject(CameraWatches);
  protected readonly help = inject(HelpDialog);
  protected readonly session = inject(Session);
  protected readonly theme = inject(Theme);
  protected readonly parts = inject(Connection).parts;

  /** Whether the page with all tiles is open. */
  protected readonly live = isActive('/', inject(Router), {
    paths: 'exact',
    queryParams: 'ignored',
    matrixParams: 'ignored',
    fragment: 'ignored',
  });
  /** `[{ word: 'live', count: 3, … }]`, what needs a look last. */
  protected readonly states = computed(() => {
    const counts = new Map<string, { view: ReturnType<typeof stateView>; count: number }>();
    for (const camera of this.#cameras.list() ?? []) {
      const view = stateView(this.#watches.of(camera).news());
      const known = counts.get(view.word);
      counts.set(view.word, { view, count: (known?.count ?? 0) + 1 });
    }
    return [...counts.values()];
  });
}
