import { Component, computed, DestroyRef, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { type JobCounts, type JobQueue, JOB_STATES } from '@lookout/contracts';
import { CurveChart } from '../curves/curve-chart.ts';
import { formatCount } from '../figures/age.ts';
import { Poll } from '../server/poll.ts';
import { Rest } from '../server/rest.ts';
import { ServerClock } from '../server/server-clock.ts';
import { Icon } from '../shell/icon.ts';
import { PanelHead } from './panel-head.ts';
import { toneOf } from './part-words.ts';
import { QUEUE_CHART, QueueCurve } from './queue-curve.ts';
import { queueFacts, queueState } from './queue-words.ts';

const EVERY_MS = 4000;

const MEANINGS: Readonly<Record<keyof JobCounts, string>> = {
  waiting: 'To be begun as soon as somebody is free: the depth of the queue',
  active: 'Being done',
  delayed: 'To be begun at a later time: tried again, or on a schedule',
  failed: 'Given up; only the latest are kept',
};

/** The queues of work that must not be lost. For admins: nobody else is told of them. */
@Component({
  selector: 'lo-queues-panel',
  imports: [CurveChart, Icon, PanelHead, RouterLink],
  templateUrl: './queues-panel.html',
  styleUrl: './queues-panel.scss',
})
export class QueuesPanel {
  readonly #rest = inject(Rest);
  readonly #clock = inject(ServerClock);
  protected readonly poll = new Poll<JobQueue[]>(() => this.#rest.get('/api/v1/system/queues'));
  protected readonly chart = QUEUE_CHART;

  protected readonly queues = computed(() => {
    const at = this.poll.answeredAt() ?? 0;
    const old = this.poll.failure() !== null;
    return this.poll.answer()?.map((queue) => {
      const state = queueState(queue);
      return {
        name: queue.name,
        ...state,
        tone: toneOf(state, old),
        facts: queueFacts(queue.name),
        figures: figures(queue),
        hasFailed: (queue.counts?.failed ?? 0) > 0,
        curve: new QueueCurve(queue, at, this.#clock.offset()),
      };
    });
  });

  constructor() {
    inject(DestroyRef).onDestroy(this.poll.ask(EVERY_MS));
  }
}

function figures({ counts }: JobQueue) {
  return JOB_STATES.map((name) => ({
    name,
    meaning: MEANINGS[name],
    figure: formatCount(counts?.[name]),
    isFailure: name === 'failed' && (counts?.failed ?? 0) > 0,
  }));
}
