import { Component, computed, DestroyRef, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { DoomedEvent, Retention } from '@lookout/contracts';
import { Cameras } from '../cameras/cameras.ts';
import { formatAge, formatCount, formatMoment } from '../figures/age.ts';
import { Poll } from '../server/poll.ts';
import { Rest } from '../server/rest.ts';
import { ServerClock } from '../server/server-clock.ts';
import { Icon } from '../shell/icon.ts';
import { bytes } from './doctor-words.ts';
import { PanelHead } from './panel-head.ts';
import { amountWords, budgetView, nextWords, reasonWord } from './retention-words.ts';

/** Each answer goes over all events, and little changes within a minute. */
const EVERY_MS = 60_000;
const MIB = 1024 * 1024;

/** How long events are kept, which go next, and what went. For admins: nobody else is told. */
@Component({
  selector: 'lo-retention-panel',
  imports: [Icon, PanelHead, RouterLink],
  templateUrl: './retention-panel.html',
  styleUrl: './retention-panel.scss',
})
export class RetentionPanel {
  readonly #rest = inject(Rest);
  readonly #clock = inject(ServerClock);
  readonly #cameras = inject(Cameras);
  protected readonly poll = new Poll<Retention>(() => this.#rest.get('/api/v1/events/retention'));

  protected readonly view = computed(() => {
    const retention = this.poll.answer();
    if (retention === null) return null;
    const now = this.#clock.now();
    const { days, diskBytes, next, last } = retention;
    return {
      days: days === 1 ? '1 day' : `${formatCount(days)} days`,
      most: bytes(diskBytes),
      settings: `LOOKOUT_EVENT_DAYS=${String(days)}, LOOKOUT_EVENT_DISK_MB=${String(Math.round(diskBytes / MIB))}`,
      budget: budgetView(retention),
      nextAt: nextWords(next, now),
      nextKnown: next.at !== null,
      nextAmounts: amountWords(next.amounts),
      list: listName(next),
      events: next.events.map((event) => this.#row(event, now)),
      last: last === null ? null : lastWords(last, now),
    };
  });

  constructor() {
    inject(DestroyRef).onDestroy(this.poll.ask(EVERY_MS));
  }

  #row(event: DoomedEvent, now: number) {
    const { id, cameraId, label } = event;
    const camera = this.#cameras.list()?.find((known) => known.id === cameraId)?.name ?? cameraId;
    return {
      id,
      name: `${label} at ${camera}`,
      ended: formatMoment(Date.parse(event.endedAt), now),
      reason: reasonWord(event.reason),
      bytes: bytes(event.bytes),
    };
  }
}

/** "The first 100 of 240 events"; `null` without any. */
function listName({ amounts, events }: Retention['next']): string | null {
  const all = amounts.age + amounts.budget;
  if (events.length === 0) return null;
  if (events.length < all)
    return `The first ${String(events.length)} of ${formatCount(all)} events`;
  return all === 1 ? 'This event' : `These ${String(all)} events`;
}

function lastWords({ at, amounts, trouble }: NonNullable<Retention['last']>, now: number) {
  const moment = Date.parse(at);
  return {
    when: `${formatMoment(moment, now)}, ${formatAge(now - moment)} ago`,
    amounts: amountWords(amounts),
    trouble,
  };
}
