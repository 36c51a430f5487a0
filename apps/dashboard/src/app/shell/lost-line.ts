import { Component, computed, inject } from '@angular/core';
import { Cameras } from '../cameras/cameras.ts';
import { formatMoment } from '../figures/age.ts';
import { LiveSocket } from '../server/live-socket.ts';
import { CameraWatches } from '../watch/camera-watches.ts';
import { CLOCK } from './clock.ts';
import { Connection } from './connection.ts';
import { Icon } from './icon.ts';
import { ServerClock } from '../server/server-clock.ts';

/** A thin line while the live connection is lost: since when, how old the pictures are, what now. */
@Component({
  selector: 'lo-lost-line',
  imports: [Icon],
  template: `
    @if (lost(); as lost) {
      <p role="status" data-testid="lost-line">
        <lo-icon name="failed" />
        <span>
          <strong>Connection lost {{ lost.since }}.</strong>
          {{ lost.lastFrame }} {{ lost.server }} Lookout connects again by itself.
        </span>
      </p>
    }
  `,
  styles: `
    p {
      display: flex;
      align-items: center;
      gap: 8px;
      padding: 4px 16px;
      background: var(--lo-red-surface);
      color: var(--lo-text);
      font-size: 13px;
    }
    lo-icon {
      color: var(--lo-red);
    }
  `,
})
export class LostLine {
  readonly #socket = inject(LiveSocket);
  readonly #clock = inject(CLOCK);
  readonly #serverClock = inject(ServerClock);
  readonly #cameras = inject(Cameras);
  readonly #watches = inject(CameraWatches);
  readonly #degraded = inject(Connection).degraded;
  protected readonly lost = computed(() => {
    if (this.#socket.state() !== 'lost') return null;
    const now = this.#clock.now();
    const newest = Math.max(
      ...(this.#cameras.list() ?? []).map(
        (camera) => this.#watches.of(camera).facts().pictureAt ?? 0,
      ),
      0,
    );
    return {
      since: `since ${formatMoment(this.#socket.since(), now)}`,
      lastFrame:
        newest === 0
          ? ''
          : `The last picture is of ${formatMoment(newest + this.#serverClock.offset(), now)}.`,
      server: this.#server(),
    };
  });

  #server(): string {
    const degraded = this.#degraded();
    if (degraded === null) return 'The server does not answer.';
    return degraded.length === 0
      ? 'The server answers, but not the live view.'
      : `The server answers, without ${degraded.join(' and ')}.`;
  }
}
