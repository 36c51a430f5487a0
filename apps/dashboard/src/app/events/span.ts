/** A time from one moment up to another, in ms since the Unix epoch. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The calendar day, here, that holds a moment; not always 24 hours long. */
export function dayOf(moment: number): Span {
  return dayAt(moment, 0);
}

/** The calendar day some days later, or earlier. */
export function dayBeside(day: Span, days: number): Span {
  return dayAt(day.from, days);
}

/** The day that a time from–to is about: that of its beginning, else of its end, else today. */
export function dayShown(from: number | null, to: number | null, today: Span): Span {
  if (from !== null) return dayOf(from);
  return to === null || to > today.from ? today : dayOf(to - 1);
}

export function sameSpan(a: Span, b: Span): boolean {
  return a.from === b.from && a.to === b.to;
}

/** Every so many hours of a day, as moments. */
export function hoursOf(day: Span, every: number): number[] {
  const moments: number[] = [];
  const { y, m, d } = partsOf(day.from);
  for (let hour = every; hour < 24; hour += every) {
    moments.push(new Date(y, m, d, hour).getTime());
  }
  return moments;
}

/** A moment as a field of a form has it, in the time of this place: `2026-01-31T08:05`. */
export function fieldText(moment: number | null): string {
  if (moment === null) return '';
  const { y, m, d } = partsOf(moment);
  const date = new Date(moment);
  const pad = (value: number, digits = 2) => String(value).padStart(digits, '0');
  const time = `${pad(date.getHours())}:${pad(date.getMinutes())}`;
  return `${pad(y, 4)}-${pad(m + 1)}-${pad(d)}T${time}`;
}

/**
 * A chosen time in few words: `08:05 – 9 Feb 17:30`, with the day where it is not the one shown;
 * `null` when none is chosen, or just that day.
 */
export function spanText(from: number | null, to: number | null, shown: Span): string | null {
  if (from === null && to === null) return null;
  if (from === shown.from && to === shown.to) return null;
  const words = (moment: number | null): string => {
    if (moment === null) return '…';
    const [date = '', time = ''] = fieldText(moment).split('T');
    if (moment >= shown.from && moment < shown.to) return time;
    const day = new Date(`${date}T00:00`);
    return `${day.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })} ${time}`;
  };
  return `${words(from)} – ${words(to)}`;
}

/** What {@link fieldText} wrote; `null` for an empty or unfinished field. */
export function fieldMoment(text: string): number | null {
  const moment = new Date(text).getTime();
  return Number.isNaN(moment) ? null : moment;
}

function dayAt(moment: number, days: number): Span {
  const { y, m, d } = partsOf(moment);
  const at = (day: number) => new Date(y, m, day).getTime();
  return { from: at(d + days), to: at(d + days + 1) };
}

function partsOf(moment: number) {
  const date = new Date(moment);
  return { y: date.getFullYear(), m: date.getMonth(), d: date.getDate() };
}
