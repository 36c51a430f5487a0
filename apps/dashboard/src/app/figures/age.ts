/** An age for a person: `0.1 s`, `42 s`, `3 min 12 s`, `2 h 5 min`, `4 d 3 h`. Never negative. */
export function formatAge(ms: number): string {
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${String(whole)} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return pair(minutes, 'min', whole % 60, 's');
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return pair(hours, 'h', minutes % 60, 'min');
  return pair(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

/** A duration of the data path: whole milliseconds up to a second, then as an age. */
export function formatMs(ms: number | null | undefined): string {
  if (ms === null || ms === undefined) return '–';
  return ms < 999.5 ? `${String(Math.max(0, Math.round(ms)))} ms` : formatAge(ms);
}

/** A rate with one decimal. */
export function formatRate(fps: number | null | undefined): string {
  return fps === null || fps === undefined ? '–' : fps.toFixed(1);
}

/** A count with its thousands grouped. */
export function formatCount(count: number | null | undefined): string {
  return count === null || count === undefined ? '–' : count.toLocaleString('en');
}

/** A moment as the wall clock of the viewer has it, `14:03:11`; with the date when it is another day. */
export function formatMoment(ms: number, now: number): string {
  const moment = new Date(ms);
  const time = moment.toLocaleTimeString('en-GB');
  return moment.toDateString() === new Date(now).toDateString()
    ? time
    : `${moment.toLocaleDateString('en-CA')} ${time}`;
}

function pair(large: number, largeUnit: string, small: number, smallUnit: string): string {
  const head = `${String(large)} ${largeUnit}`;
  return small === 0 ? head : `${head} ${String(small)} ${smallUnit}`;
}
