import { Component, computed, DestroyRef, inject } from '@angular/core';
import { ServerClock } from '../server/server-clock.ts';
import { Connection } from '../shell/connection.ts';
import { Icon } from '../shell/icon.ts';
import { PanelHead } from './panel-head.ts';
import { PartRow } from './part-row.ts';
import { otherViews, processView, workerView } from './part-words.ts';

const EVERY_MS = 4000;

/** What Lookout is made of, and how each part does. */
@Component({
  selector: 'lo-parts-panel',
  imports: [Icon, PanelHead, PartRow],
  templateUrl: './parts-panel.html',
  styleUrl: './parts-panel.scss',
})
export class PartsPanel {
  readonly #connection = inject(Connection);
  readonly #clock = inject(ServerClock);
  protected readonly poll = this.#connection.poll;
  protected readonly untold = this.#connection.untold;

  protected readonly views = computed(() => {
    const system = this.poll.answer();
    if (system === null) return null;
    const now = this.#clock.now();
    return {
      processes: system.processes.map((process) => processView(process, now)),
      workers: system.workers?.map((worker) => workerView(worker, now)) ?? null,
      others: otherViews(system, now),
    };
  });

  constructor() {
    inject(DestroyRef).onDestroy(this.poll.ask(EVERY_MS));
  }
}
