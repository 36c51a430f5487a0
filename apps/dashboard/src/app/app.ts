import { Component, effect, inject, Injector, untracked } from '@angular/core';
import { MatDialog } from '@angular/material/dialog';
import { Router, RouterOutlet } from '@angular/router';
import { Cameras } from './cameras/cameras.ts';
import { Deletions } from './cameras/deletions.ts';
import { UndoBar } from './cameras/undo-bar.ts';
import { LiveSocket } from './server/live-socket.ts';
import { Session } from './session/session.ts';
import { SignIn } from './session/sign-in.ts';
import { Connection } from './shell/connection.ts';
import { HelpDialog } from './shell/help-dialog.ts';
import { LostLine } from './shell/lost-line.ts';
import { Notices } from './shell/notices.ts';
import { Shortcuts } from './shell/shortcuts.ts';
import { Theme } from './shell/theme.ts';
import { TopBar } from './shell/top-bar.ts';

/** The page: whoever is signed in sees the cameras, everybody else the way in. */
@Component({
  selector: 'lo-root',
  imports: [LostLine, RouterOutlet, SignIn, TopBar, UndoBar],
  template: `
    @switch (session.state()) {
      @case ('checking') {
        <p class="checking" aria-busy="true">
          {{ session.problem() === null ? 'Connecting to Lookout…' : session.problem() }}
        </p>
      }
      @case ('closed') {
        @defer (on immediate) {
          <lo-sign-in />
        }
      }
      @case ('open') {
        <lo-top-bar />
        <lo-lost-line />
        <main><router-outlet /></main>
        <lo-undo-bar />
      }
    }
  `,
  styleUrl: './app.scss',
  host: { '(document:keydown)': 'onKey($event)' },
})
export class App {
  readonly #dialog = inject(MatDialog);
  readonly #help = inject(HelpDialog);
  readonly #shortcuts = inject(Shortcuts);
  protected readonly session = inject(Session);

  constructor() {
    inject(Theme);
    const injector = inject(Injector);
    const cameras = inject(Cameras);
    const connection = inject(Connection);
    const deletions = inject(Deletions);
    const router = inject(Router);
    const socket = inject(LiveSocket);
    effect(() => {
      const open = this.session.state() === 'open';
      untracked(() => {
        if (open) {
          cameras.follow();
          connection.follow();
          socket.open();
          injector.get(Notices);
          // Another role may have come in at a page that it may not see.
          if (router.navigated) {
            void router.navigateByUrl(router.url, { onSameUrlNavigation: 'reload' });
          }
        } else {
          this.#dialog.closeAll();
          deletions.undoAll();
          socket.close();
          cameras.unfollow();
          connection.unfollow();
        }
      });
    });
    void this.session.begin();
  }

  protected onKey(event: KeyboardEvent): void {
    if (this.session.state() !== 'open' || this.#shortcuts.keyOf(event) !== '?') return;
    event.preventDefault();
    void this.#help.open();
  }
}
