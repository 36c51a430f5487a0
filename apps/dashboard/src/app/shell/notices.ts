import { LiveAnnouncer } from '@angular/cdk/a11y';
import { effect, inject, Injectable } from '@angular/core';
import { Cameras } from '../cameras/cameras.ts';
import { stateView } from '../live/camera-state.ts';
import { LiveSocket } from '../server/live-socket.ts';
import { CameraWatches } from '../watch/camera-watches.ts';

/** Tells a screen reader, politely, what changed its state; never what merely moved. */
@Injectable({ providedIn: 'root' })
export class Notices {
  readonly #announcer = inject(LiveAnnouncer);
  readonly #last = new Map<string, string>();

  constructor() {
    const cameras = inject(Cameras);
    const watches = inject(CameraWatches);
    const socket = inject(LiveSocket);
    effect(() => {
      const present = cameras.list() ?? [];
      const news = present.flatMap((camera) => {
        const watch = watches.of(camera);
        const status = watch.status();
        if (status === null) return [];
        const { word } = stateView(status);
        const detection = watch.facts().freshness.word;
        return this.#news(camera.id, `${camera.name}: ${word}, detection ${detection}`);
      });
      const server =
        socket.state() === 'lost' ? 'Connection to Lookout lost' : 'Connected to Lookout';
      if (socket.state() !== 'connecting') news.push(...this.#news('/', server));
      if (news.length > 0) void this.#announcer.announce(news.join('. '), 'polite');
    });
  }

  /** Nothing the first time: what was found is no news. */
  #news(subject: string, words: string): string[] {
    const before = this.#last.get(subject);
    this.#last.set(subject, words);
    return before === undefined || before === words ? [] : [words];
  }
}
