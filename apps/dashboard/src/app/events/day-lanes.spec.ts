import type { Gap, PresenceEvent } from '@lookout/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleEvent } from '../../testing/examples.ts';
import { eventAt, lanesOf, marksOf, partsOf } from './day-lanes.ts';

const DAY = { from: Date.UTC(2026, 0, 1), to: Date.UTC(2026, 0, 2) };
const NOW = DAY.to + 3_600_000;
const WIDTH = 240;
const iso = (ms: number) => new Date(ms).toISOString();
/** `10` is ten hours into the day. */
const hour = (hours: number) => iso(DAY.from + hours * 3_600_000);

/** An event made of times of sight and blindness that follow each other. */
const events = fc
  .record({
    startedAt: fc.integer({ min: DAY.from - 7_200_000, max: DAY.to - 1 }),
    parts: fc.array(fc.integer({ min: 0, max: 3_600_000 }), { minLength: 1, maxLength: 7 }),
    ended: fc.boolean(),
  })
  .map(({ startedAt, parts, ended }): PresenceEvent => {
    const gaps: Gap[] = [];
    let at = startedAt;
    for (const [index, length] of parts.entries()) {
      const to = at + length;
      if (index % 2 === 1) gaps.push({ from: iso(at), to: iso(to), reason: 'no worker' });
      at = to;
    }
    return exampleEvent({
      startedAt: iso(startedAt),
      lastSeenAt: iso(at),
      endedAt: ended ? iso(at) : null,
      gaps,
    });
  });

describe('partsOf', () => {
  it('cuts an event where nobody could look', () => {
    const event = exampleEvent({
      startedAt: hour(1),
      lastSeenAt: hour(4),
      gaps: [{ from: hour(2), to: hour(3), reason: 'no worker' }],
    });
    expect(partsOf(event, NOW).map(({ kind }) => kind)).toEqual(['seen', 'gap', 'seen']);
  });

  it('is uncertain until now while the gap lasts', () => {
    const event = exampleEvent({
      state: 'uncertain',
      startedAt: hour(1),
      lastSeenAt: hour(2),
      uncertainSince: hour(2),
      endedAt: null,
      gaps: [{ from: hour(2), to: null, reason: 'no worker' }],
    });
    expect(partsOf(event, NOW).at(-1)).toEqual({
      kind: 'uncertain',
      from: Date.parse(hour(2)),
      to: NOW,
    });
  });
});

describe('marksOf', () => {
  it('tells sight and gaps apart', () => {
    const event = exampleEvent({
      startedAt: hour(1),
      lastSeenAt: hour(4),
      gaps: [{ from: hour(2), to: hour(3), reason: 'no worker' }],
    });
    expect(marksOf([event], DAY, WIDTH, NOW)).toEqual([
      { kind: 'seen', x: 10, width: 10 },
      { kind: 'gap', x: 20, width: 10 },
      { kind: 'seen', x: 30, width: 10 },
    ]);
  });

  it('stays within the picture, in order, never one over another, no more than its pixels', () => {
    fc.assert(
      fc.property(fc.array(events), fc.integer({ min: 1, max: 900 }), (some, width) => {
        const marks = marksOf(some, DAY, width, NOW);
        expect(marks.length).toBeLessThanOrEqual(width);
        let end = 0;
        for (const mark of marks) {
          expect(mark.x).toBeGreaterThanOrEqual(end);
          expect(mark.width).toBeGreaterThan(0);
          end = mark.x + mark.width;
        }
        expect(end).toBeLessThanOrEqual(width);
      }),
    );
  });

  it('shows each moment of sight as seen, and never blindness for itself as sight', () => {
    fc.assert(
      fc.property(events, (event) => {
        const marks = marksOf([event], DAY, WIDTH, NOW);
        const kindAt = (x: number) =>
          marks.find((mark) => mark.x <= x && x < mark.x + mark.width)?.kind ?? null;
        const scale = WIDTH / (DAY.to - DAY.from);
        const seen = new Set<number>();
        for (const part of partsOf(event, NOW)) {
          if (part.kind !== 'seen' || part.to < DAY.from || part.from >= DAY.to) continue;
          const first = Math.max(0, Math.floor((part.from - DAY.from) * scale));
          const end = Math.max(first + 2, Math.ceil((part.to - DAY.from) * scale));
          for (let x = first; x < Math.min(end, WIDTH); x += 1) seen.add(x);
        }
        for (let x = 0; x < WIDTH; x += 1) expect(kindAt(x) === 'seen').toBe(seen.has(x));
      }),
    );
  });
});

describe('lanesOf', () => {
  it('puts the commonest label first', () => {
    const [car, person] = [exampleEvent({ label: 'car' }), exampleEvent({ label: 'person' })];
    expect(lanesOf([car, person, person]).map(({ label }) => label)).toEqual(['person', 'car']);
  });
});

describe('eventAt', () => {
  const early = exampleEvent({ startedAt: hour(1), lastSeenAt: hour(2), endedAt: hour(2) });
  const late = exampleEvent({ startedAt: hour(5), lastSeenAt: hour(6), endedAt: hour(6) });
  const at = (hours: number, within = 0.5) =>
    eventAt([late, early], DAY.from + hours * 3_600_000, within * 3_600_000);

  it('finds what was there, else what is nearest, else nothing', () => {
    expect(at(1.5)).toBe(early);
    expect(at(4.8)).toBe(late);
    expect(at(3.5)).toBeNull();
  });
});
