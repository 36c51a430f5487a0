import type { Books, CameraStatus } from '@lookout/contracts';
import { booksBalance } from '@lookout/test-house';
import type { Seen, Standstill } from '../house/witness.ts';
import type { Fault } from './fault.ts';
import type { Moments, Sample } from './sample.ts';

/** From the contract: when a dead worker, a lost Redis or a lost picture must show at the latest. */
const SHOWN_AFTER_MS = 2000;
/** Results are as young as they were when they were published; on their way they may take so long. */
const WAY_MS = 700;
/** So far apart pictures may be: two may be missing. No picture comes to the millisecond. */
const PERIODS = 3;
const JITTER_PERIODS = 0.5;
const NUMBER = /\d+(?:\.\d+)?/g;
const COUNTERS = [
  'offered',
  'delivered',
  'overwritten',
  'expired',
  'detected',
  'failed',
  'abandoned',
] as const;

/** Where something unknown was shown as known, in words. */
export function falseKnowledge(
  samples: readonly Sample[],
  fault: Pick<Fault, 'hits' | 'setsClock'>,
  { struckAt, mendedAt }: Moments,
  results: readonly Seen[],
  staleAfterMs: number,
): string[] {
  return samples.flatMap(({ askedAt, at, struck }) => {
    if (struck?.detection.freshness !== 'fresh') return [];
    const seconds = ((at - struckAt) / 1000).toFixed(1);
    const tooLate = askedAt > struckAt + SHOWN_AFTER_MS && at < mendedAt;
    if (tooLate && (fault.hits === 'picture' || fault.hits === 'detections')) {
      return [`fresh ${seconds} s after the strike`];
    }
    const newest = results.findLast((result) => result.at <= at + WAY_MS);
    const whenPublished = fault.setsClock === true ? 0 : (newest?.ageMs ?? 0);
    const ageMs = newest === undefined ? Infinity : at - newest.at + whenPublished;
    return ageMs > staleAfterMs + WAY_MS
      ? [`fresh at ${seconds} s, with a result ${(ageMs / 1000).toFixed(1)} s old`]
      : [];
  });
}

/** Where the books did not add up, went back, or were there when nobody could know them. */
export function falseBooks(
  samples: readonly Sample[],
  fault: Pick<Fault, 'redisAway'>,
  { struckAt, mendedAt }: Moments,
): string[] {
  const faults: string[] = [];
  for (const which of ['struck', 'other'] as const) {
    let before: Books | null = null;
    for (const sample of samples) {
      const books = sample[which]?.books ?? null;
      if (books === null) continue;
      if (!booksBalance(books)) faults.push(`do not add up: ${JSON.stringify(books)}`);
      if (before?.id === books.id) faults.push(...wentBack(before, books));
      const away = sample.askedAt > struckAt + SHOWN_AFTER_MS && sample.at < mendedAt;
      if (fault.redisAway === true && away) faults.push('there, while Redis was away');
      before = books;
    }
  }
  return faults;
}

function wentBack(before: Books, after: Books): string[] {
  return COUNTERS.filter((name) => after[name] < before[name]).map(
    (name) => `${name} went back from ${String(before[name])} to ${String(after[name])}`,
  );
}

/** How the other camera was disturbed though it should not have been. */
export function disturbance(
  { frames, standstills }: { frames: readonly Seen[]; standstills: readonly Standstill[] },
  samples: readonly Sample[],
  fault: Pick<Fault, 'spares'>,
  { struckAt, recoveredAt }: Moments,
  periodMs: number,
): string[] {
  if (fault.spares === 'nothing') return [];
  const longest = (PERIODS + JITTER_PERIODS) * periodMs;
  /** How long who looks on could have seen something between two moments. */
  const awake = (from: number, to: number): number =>
    standstills.reduce(
      (ms, still) => ms - Math.max(0, Math.min(to, still.to) - Math.max(from, still.from)),
      to - from,
    );
  const first = frames.findLastIndex(({ at }) => at <= struckAt);
  const seen = frames.slice(Math.max(0, first)).filter(({ at }) => at <= recoveredAt);
  const faults = seen.slice(1).flatMap((frame, index) => {
    const before = seen[index] ?? frame;
    if (frame.epoch !== before.epoch) return ['its capture began anew'];
    const gap = awake(before.at, frame.at);
    if (gap > longest) return [`no picture for ${gap.toFixed(0)} ms`];
    const step = frame.sequence - before.sequence;
    return step > PERIODS ? [`${String(step - 1)} pictures are missing`] : [];
  });
  const silence = awake(seen.at(-1)?.at ?? struckAt, recoveredAt);
  if (silence > longest) faults.push(`no picture for ${silence.toFixed(0)} ms`);
  if (fault.spares === 'all') {
    const during = samples.filter(({ at }) => at >= struckAt && at <= recoveredAt);
    faults.push(
      ...during.flatMap(({ other }) =>
        other?.detection.freshness === 'fresh' ? [] : [`its detections were ${freshnessOf(other)}`],
      ),
    );
  }
  return [...new Set(faults)];
}

/** What the operator saw for the longest time between strike and recovery, in words. */
export function sightOf(samples: readonly Sample[], { struckAt, recoveredAt }: Moments): string {
  const shown = new Map<string, { words: string; ms: number }>();
  let before = struckAt;
  for (const sample of samples) {
    if (sample.at < struckAt || sample.at > recoveredAt) continue;
    const ms = sample.at - before;
    before = sample.at;
    if (isAsUsual(sample)) continue;
    const words = wordsFor(sample);
    const kind = words.replaceAll(NUMBER, '0');
    shown.set(kind, { words, ms: (shown.get(kind)?.ms ?? 0) + ms });
  }
  const [longest] = [...shown.values()].toSorted((a, b) => b.ms - a.ms);
  return longest?.words ?? 'nothing unusual';
}

/** What the operator saw, change by change, with seconds since the strike. */
export function courseOf(samples: readonly Sample[], { struckAt }: Moments): string[] {
  const course: string[] = [];
  let last = '';
  for (const sample of samples) {
    const words = isAsUsual(sample) ? 'as usual' : wordsFor(sample);
    const kind = words.replaceAll(NUMBER, '0');
    if (kind !== last) course.push(`${((sample.at - struckAt) / 1000).toFixed(1)} s: ${words}`);
    last = kind;
  }
  return course;
}

/** Live, fresh, and all parts there. */
export function isAsUsual({ struck, other, readiness }: Sample): boolean {
  return [struck, other].every(isWell) && readiness === 'ready';
}

function isWell(status: CameraStatus | null): boolean {
  return (
    status?.state === 'live' &&
    status.detection.freshness === 'fresh' &&
    status.books !== null &&
    booksBalance(status.books)
  );
}

function wordsFor({ struck, other, readiness }: Sample): string {
  if (struck === null) return `no answer (readyz: ${readiness})`;
  const reason = struck.reason ?? struck.detection.reason;
  const books = struck.books === null ? ', books null' : '';
  const also = isWell(struck) && !isWell(other) ? `; the other: ${freshnessOf(other)}` : '';
  const ready = readiness === 'ready' ? '' : ` (readyz: ${readiness})`;
  const why = reason === null ? '' : `: ${reason}`;
  return `${struck.state}, ${struck.detection.freshness}${books}${why}${also}${ready}`;
}

function freshnessOf(status: CameraStatus | null): string {
  return status?.detection.freshness ?? 'not to be asked for';
}
