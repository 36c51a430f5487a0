import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayBeside, dayOf, dayShown, fieldMoment, fieldText, hoursOf, spanText } from './span.ts';

const moments = fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2100, 0) });
const HOUR = 3_600_000;

describe('a day', () => {
  it('holds its moment, and follows the one before it without a gap', () => {
    fc.assert(
      fc.property(moments, (moment) => {
        const day = dayOf(moment);
        expect(day.from).toBeLessThanOrEqual(moment);
        expect(day.to).toBeGreaterThan(moment);
        expect([23, 24, 25]).toContain((day.to - day.from) / HOUR);
        expect(dayBeside(day, -1).to).toBe(day.from);
        expect(dayBeside(day, 1).from).toBe(day.to);
        for (const hour of hoursOf(day, 3)) expect(dayOf(hour)).toEqual(day);
      }),
    );
  });

  it('is that of the beginning, else of the end, else today', () => {
    const [early, late] = [Date.UTC(2026, 0, 10, 12), Date.UTC(2026, 0, 20, 12)];
    const today = dayOf(late);
    expect(dayShown(early, late, today)).toEqual(dayOf(early));
    expect(dayShown(null, dayOf(early).to, today)).toEqual(dayOf(early));
    expect(dayShown(null, today.from, today)).toEqual(dayBeside(today, -1));
    expect(dayShown(null, late, today)).toEqual(today);
    expect(dayShown(null, null, today)).toEqual(today);
  });
});

describe('the fields of a time', () => {
  it('give back each whole minute', () => {
    fc.assert(
      fc.property(moments, (moment) => {
        const minute = Math.floor(moment / 60_000) * 60_000;
        // The hour that comes twice when clocks are set back is read as the first of the two.
        expect([0, -HOUR]).toContain((fieldMoment(fieldText(minute)) ?? 0) - minute);
      }),
    );
  });

  it('are empty without a moment', () => {
    expect([fieldText(null), fieldMoment('')]).toEqual(['', null]);
  });
});

it('says a chosen time in few words', () => {
  const at = (day: number, hour: number, minute = 0) =>
    new Date(2026, 1, day, hour, minute).getTime();
  const shown = dayOf(at(9, 12));
  expect(spanText(null, null, shown)).toBeNull();
  expect(spanText(shown.from, shown.to, shown)).toBeNull();
  expect(spanText(at(9, 8, 5), at(9, 17, 30), shown)).toBe('08:05 – 17:30');
  expect(spanText(at(9, 8, 5), at(10, 1), shown)).toBe('08:05 – 10 Feb 01:00');
  expect(spanText(null, at(9, 17, 30), shown)).toBe('… – 17:30');
});
