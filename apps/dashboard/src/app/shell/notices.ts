import { LiveAnnouncer } from '@angular/cdk/a11y';
import { effect, inject, Injectable } from '@angular/core';
import { Cameras } from '../cameras/cameras.ts';
import { stateView } from '../live/camera-state.ts';
import { LiveSocket } from '../server/live-socket.ts';
import { CameraWatches } from '../watch/camera-watches.ts';
import { CLOCK } from './clock.ts';
import { Settled } from './settled.ts';

/** What comes and goes within this time is not worth an interruption. */
const SETTLED_MS = 1500;

/** Tells a screen reader, politely, what changed its state; never what merely moved. */
@Injectable({ providedIn: 'root' })
export class Notices {
  constructor() {
    const announcer = inject(LiveAnnouncer);
    const cameras = inject(Cameras);
    const watches = inject(CameraWatches);
    const socket = inject(LiveSocket);
    const clock = inject(CLOCK);
    const settled = new Settled(SETTLED_MS);
    effect(() => {
      const said: [string, string][] = (cameras.list() ?? []).flatMap((camera) => {
        const watch = watches.of(camera);
        const news = watch.news();
        if (news === null) return [];
        const detection = watch.facts().freshness.word;
        return [[camera.id, `${camera.name}: ${stateView(news).word}, detection ${detection}`]];
      });
      if (socket.state() === 'lost') said.push(['/', 'Connection to Lookout lost']);
      if (socket.state() === 'connected') said.push(['/', 'Connected to Lookout']);
      const news = settled.news(said, clock.monotonic());
      if (news.length > 0) void announcer.announce(news.join('. '), 'polite');
    });
  }
}
