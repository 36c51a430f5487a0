import { Component, computed, input } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { JobCounts, JobQueue } from '@lookout/contracts';
import { describe, expect, it, vi } from 'vitest';
import { setUpPage } from '../../testing/page.ts';
import { CurveChart } from '../curves/curve-chart.ts';
import type { QueueCurve } from './queue-curve.ts';
import { QueuesPanel } from './queues-panel.ts';

/** There is nothing to draw on here, so that it says what would be drawn. */
@Component({ selector: 'lo-curve-chart', template: '{{ drawn() }}' })
class DrawnCurve {
  readonly chart = input<unknown>();
  readonly height = input<number>();
  readonly history = input.required<QueueCurve>();
  protected readonly drawn = computed(() =>
    [this.history().column('open'), this.history().column('failed')]
      .map((column) => column.map((value) => value ?? 'gap').join(' '))
      .join(' / '),
  );
}

const NONE: JobCounts = { waiting: 0, active: 0, delayed: 0, failed: 0 };

const queue = (counts: Partial<JobCounts> | null, changes: Partial<JobQueue> = {}): JobQueue => ({
  name: 'webhooks',
  counts: counts === null ? null : { ...NONE, ...counts },
  history: [],
  ...changes,
});

async function show(...queues: JobQueue[]) {
  TestBed.overrideComponent(QueuesPanel, {
    remove: { imports: [CurveChart] },
    add: { imports: [DrawnCurve] },
  });
  const { clock, fetch } = setUpPage();
  fetch.mockImplementation(() => Promise.resolve(Response.json(queues)));
  const fixture = TestBed.createComponent(QueuesPanel);
  const element = fixture.nativeElement as HTMLElement;
  clock.advance(0);
  await vi.waitFor(async () => {
    await fixture.whenStable();
    expect(element.querySelector('[aria-busy]')).toBeNull();
  });
  const words = (selector: string) =>
    (element.querySelector(selector)?.textContent ?? '').replace(/\s+/g, ' ').trim();
  return { clock, fetch, fixture, element, words };
}

describe('QueuesPanel', () => {
  it('says what a queue is for, how deep it is, and that there is nothing to do', async () => {
    const { words, element } = await show(queue({ delayed: 1 }, { name: 'retention' }));
    expect(words('h3')).toBe('retention nothing to do now');
    expect(words('article')).toContain('The delayed job is its next run.');
    expect(words('dl')).toBe('waiting 0 active 0 delayed 1 failed 0');
    expect(element.querySelector('a')).toBeNull();
  });

  it('says what is tried again later, and where to look', async () => {
    const { words, element } = await show(queue({ delayed: 1200, active: 1 }));
    expect(words('h3')).toBe('webhooks 1,200 tried again later');
    expect(element.querySelector('a')?.getAttribute('href')).toBe('/webhooks');
  });

  it('leads from what failed to where one can send it again', async () => {
    const { words, element } = await show(queue({ failed: 3, delayed: 1 }));
    expect(words('h3')).toBe('webhooks 3 failed, 1 tried again later');
    const link = element.querySelector('dl a');
    expect(link?.getAttribute('href')).toBe('/webhooks');
    expect(link?.getAttribute('aria-label')).toBe('3 failed, see Webhooks and their deliveries');
  });

  it('takes what is not known for neither none nor all well', async () => {
    const { words } = await show(queue(null));
    expect(words('h3')).toBe('webhooks not known while Redis is away');
    expect(words('dl')).toBe('waiting – active – delayed – failed –');
  });

  it('draws open and failed jobs up to now, with a gap while nothing was known', async () => {
    const moment = (second: number, counts: JobCounts | null) => ({
      at: new Date(Date.UTC(2025, 11, 31, 23, 59, second)).toISOString(),
      counts,
    });
    const history = [
      moment(30, { waiting: 1, active: 2, delayed: 3, failed: 4 }),
      moment(40, null),
      moment(50, NONE),
    ];
    const { words } = await show(queue({ waiting: 5 }, { history }));
    expect(words('lo-curve-chart')).toBe('6 gap 0 5 / 4 gap 0 0');
  });

  it('asks again while it is there, and stops when it is left', async () => {
    const { clock, fetch, fixture } = await show(queue({}));
    await clock.advanceAsync(4000);
    await vi.waitFor(() => {
      expect(fetch).toHaveBeenCalledTimes(2);
    });
    fixture.destroy();
    await clock.advanceAsync(60_000);
    expect(fetch).toHaveBeenCalledTimes(2);
  });
});
