import { TestBed } from '@angular/core/testing';
import type { SupervisedProcess, System } from '@lookout/contracts';
import { describe, expect, it, vi } from 'vitest';
import { setUpPage } from '../../testing/page.ts';
import { PartsPanel } from './parts-panel.ts';

const process: SupervisedProcess = {
  name: 'api',
  pid: 42,
  state: 'running',
  startedAt: '2025-12-31T22:00:00.000Z',
  restarts: 0,
  lastExit: null,
};

const system: System = {
  version: '1.2.3',
  startedAt: '2025-12-31T22:00:00.000Z',
  uptimeSeconds: 7200,
  processes: [process],
  workers: [
    {
      id: 'box-43',
      pid: 43,
      host: 'box',
      startedAt: '2025-12-31T23:59:00.000Z',
      models: ['yolov5s'],
      threads: 2,
      threadsChosen: 'tuned',
      inferenceRepeat: 1,
      rate: 4.96,
      inferenceMs: 48.4,
    },
  ],
  redis: { state: 'connected', version: '7.0.15', usedMemoryBytes: 2_886_136, reason: null },
  database: { engine: 'sqlite', state: 'open', sizeBytes: 6_500_000 },
  parts: [{ name: 'events', trouble: null }],
};

async function show(changes: Partial<System> = {}, status = 200) {
  const { clock, fetch } = setUpPage();
  const answer = status === 200 ? { ...system, ...changes } : { title: 'Forbidden' };
  fetch.mockImplementation(() => Promise.resolve(Response.json(answer, { status })));
  const fixture = TestBed.createComponent(PartsPanel);
  const element = fixture.nativeElement as HTMLElement;
  clock.advance(0);
  await vi.waitFor(async () => {
    await fixture.whenStable();
    expect(element.querySelector('[aria-busy]')).toBeNull();
  });
  const words = (found: Element | null) => (found?.textContent ?? '').replace(/\s+/g, ' ').trim();
  const rows = () =>
    [...element.querySelectorAll<HTMLElement>('lo-part-row')].map((row) => ({
      tone: row.dataset['tone'],
      words: words(row),
    }));
  return { clock, fetch, fixture, element, rows, words: () => words(element) };
}

describe('PartsPanel', () => {
  it('says calmly of each part how it does, with its figures', async () => {
    const { rows } = await show();
    expect(new Set(rows().map(({ tone }) => tone))).toEqual(new Set(['good']));
    expect(rows().map(({ words }) => words)).toEqual([
      expect.stringMatching(/^Lookout runningversion1\.2\.3started.*\(2 h\)$/),
      'Redis connectedversion7.0.15memory2.9 MB',
      'Database openenginesqlitesize6.5 MB',
      'Events works',
      expect.stringMatching(
        /^box alivemodelyolov5srate5\.0 fpsinference48 msthreads2, tunedpid43.*\(1 min\)$/,
      ),
      expect.stringMatching(/^api runningstarted.*\(2 h\)restarts0pid42last run endednone so far$/),
    ]);
  });

  it('is loud about what does not do its work', async () => {
    const trouble = 'The disk is full: events have no pictures.';
    const { rows, words } = await show({
      workers: [],
      redis: { state: 'away', version: null, usedMemoryBytes: null, reason: 'Connection refused.' },
      database: { engine: 'sqlite', state: 'failed', sizeBytes: null },
      parts: [{ name: 'events', trouble }],
    });
    const loud = rows().filter(({ tone }) => tone !== 'good');
    expect(loud.map(({ tone }) => tone)).toEqual(['amber', 'red', 'amber']);
    expect(loud[0]?.words).toContain('Redis awayversionnot knownmemorynot known');
    expect(loud[0]?.words).toContain('Connection refused.');
    expect(loud[2]?.words).toBe(`Events in trouble${trouble}`);
    expect(words()).toContain('No worker is alive: nothing is detected.');
  });

  it('never takes workers that are not known for none', async () => {
    const { words } = await show({ workers: null });
    expect(words()).toContain('Not known: workers are known through Redis.');
    expect(words()).not.toContain('No worker');
  });

  it.each([
    [{ state: 'running', restarts: 1, startedAt: '2025-12-31T23:58:00.000Z' }, 'restarted lately'],
    [{ state: 'running', restarts: 1 }, 'running'],
    [{ state: 'starting', startedAt: null }, 'starting'],
    [{ state: 'waiting', pid: null, restarts: 2 }, 'ended, starts again soon'],
    [{ state: 'stopped', pid: null }, 'stopped'],
  ] as const)('says of a process that is %o: %s', async (changes, word) => {
    const { rows } = await show({ processes: [{ ...process, ...changes, lastExit: 'SIGKILL' }] });
    expect(rows().at(-1)?.words).toContain(`api ${word}started`);
    expect(rows().at(-1)?.words).toContain('last run endedSIGKILL');
  });

  it('tells who may see only some cameras why there is nothing here', async () => {
    const { element, words } = await show({}, 403);
    expect(words()).toContain('is told nothing of the parts');
    expect(element.querySelector('[role=alert]')).toBeNull();
  });

  it('keeps the last answer and says of when it is', async () => {
    const { clock, fetch, fixture, rows, words } = await show();
    fetch.mockRejectedValue(new TypeError('gone'));
    clock.advance(4000);
    await vi.waitFor(async () => {
      await fixture.whenStable();
      expect(words()).toMatch(
        /Lookout does not answer\. What follows is from the last answer, at \d\d:\d\d:\d\d\./,
      );
    });
    expect(new Set(rows().map(({ tone }) => tone))).toEqual(new Set(['quiet']));
  });
});
