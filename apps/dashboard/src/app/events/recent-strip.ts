import { Component, computed, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Cameras } from '../cameras/cameras.ts';
import { classColour } from '../picture/class-colour.ts';
import { ServerClock } from '../server/server-clock.ts';
import { Icon } from '../shell/icon.ts';
import { stored } from '../shell/stored.ts';
import { type EventFrame, EventPicture } from './event-picture.ts';
import { type EventView, eventView } from './event-words.ts';
import { RecentEvents } from './recent-events.ts';

/** A phone has room for the tiles alone, until told otherwise. */
const PHONE_WIDTH = 700;

/** The newest events below the tiles; folded to a line. */
@Component({
  selector: 'lo-recent-strip',
  imports: [EventPicture, Icon, RouterLink],
  providers: [RecentEvents],
  template: `
    <div class="line">
      <button type="button" [attr.aria-expanded]="open()" (click)="fold(!open())">
        <lo-icon [name]="open() ? 'down' : 'after'" />Recent events
      </button>
      <span class="news">{{ news() }}</span>
      <a routerLink="/events">All events</a>
    </div>
    @if (open() && views().length > 0) {
      <ol tabindex="-1">
        @for (view of views(); track view.event.id) {
          <li>
            <a [routerLink]="['/events', view.event.id]" [attr.aria-label]="view.says">
              @if (picture(view); as frame) {
                <img #image="loEventPicture" alt="" decoding="async" [loEventPicture]="frame" />
                @if (image.missed()) {
                  <span class="none">cannot be got</span>
                }
              } @else {
                <span class="none">no picture</span>
              }
              <span class="words">
                <span
                  ><i [style.background]="colour(view)"></i><b>{{ view.event.label }}</b></span
                >
                <span class="dim">{{ view.camera }}</span>
                <span class="state" [attr.data-tone]="view.state.tone"
                  ><lo-icon [name]="view.state.icon" />{{ view.startedAt }}
                  <span class="unseen">{{ view.state.word }}</span></span
                >
              </span>
            </a>
          </li>
        }
      </ol>
    }
  `,
  styleUrl: './recent-strip.scss',
  host: { role: 'region', 'aria-label': 'Recent events' },
})
export class RecentStrip {
  readonly #recent = inject(RecentEvents);
  readonly #cameras = inject(Cameras);
  readonly #clock = inject(ServerClock);
  protected readonly open = signal(
    (stored.read('recent-events') ?? (window.innerWidth < PHONE_WIDTH ? 'folded' : 'open')) ===
      'open',
  );
  protected readonly views = computed(() => {
    const names = new Map((this.#cameras.list() ?? []).map(({ id, name }) => [id, name]));
    const now = this.#clock.now();
    return (this.#recent.items() ?? []).map((event) => eventView(event, names, now));
  });
  protected readonly news = computed(() => {
    const problem = this.#recent.problem();
    if (problem !== null) return `not known: ${problem}`;
    const items = this.#recent.items();
    if (items === null) return 'Loading…';
    if (items.length === 0) return 'none yet';
    const active = items.filter(({ state }) => state === 'active').length;
    const uncertain = items.filter(({ state }) => state === 'uncertain').length;
    const parts = [active > 0 ? `${String(active)} active` : '', uncertainWords(uncertain)];
    return parts.filter((part) => part !== '').join(', ');
  });

  protected fold(open: boolean): void {
    this.open.set(open);
    stored.write('recent-events', open ? 'open' : 'folded');
  }

  protected picture({ event: { id, snapshot } }: EventView): EventFrame | null {
    return snapshot && { id, capturedAt: snapshot.capturedAt, annotated: false };
  }

  protected colour({ event }: EventView): string {
    return classColour(event.label);
  }
}

function uncertainWords(count: number): string {
  return count === 0 ? '' : `${String(count)} uncertain`;
}
