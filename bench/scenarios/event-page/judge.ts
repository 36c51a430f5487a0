import { type Spread, quantile, spread } from '../../measure/statistics.ts';
import { bytes, count, ms } from '../../report/figures.ts';
import { type Finding, judge } from '../../report/finding.ts';

/** Two refreshes of a screen: a frame that takes longer is seen as a jerk. */
const JERK_MS = 34;
/** Of what exists in the page: cards that went out of sight must go. */
const TOLERATED_GROWTH = 1.2;

/** How a page scrolled. */
export interface Scroll {
  readonly name: string;
  /** Between one frame and the next, in ms. */
  readonly frames: readonly number[];
  /** Elements in the page when it ended. */
  readonly elements: number;
  /** Of the page's script, in bytes, when it ended. */
  readonly heap: number;
}

/** All that was scrolled, in order. */
export interface EventPageFound {
  /** Of plain text. */
  readonly reference: Scroll;
  /** At reading speed, then a screen each frame to the end. */
  readonly slow: Scroll;
  readonly fast: Scroll;
  readonly events: number;
  /** Events above the last card when the end was reached, that card included. */
  readonly reached: number;
}

/** For a person, a row for each way to scroll. */
export function tableOf({ reference, slow, fast }: EventPageFound): string[][] {
  return [
    ['', 'frames', 'p50', 'p95', 'longest', 'elements', 'heap'],
    ...[reference, slow, fast].map(({ name, frames, elements, heap }) => {
      const { p50, p95 }: Spread = spread(frames);
      const longest = quantile(frames, 1);
      return [
        name,
        count(frames.length),
        ms(p50),
        ms(p95),
        ms(longest),
        count(elements),
        bytes(heap),
      ];
    }),
  ];
}

/** Scrolling must look like scrolling, and the page must not fill up. */
export function judgeEventPage(found: EventPageFound): Finding[] {
  const { reference, slow, fast, events, reached } = found;
  const p95 = quantile(slow.frames, 0.95);
  const plain = quantile(reference.frames, 0.95);
  return [
    judge(
      'at reading speed 19 of 20 frames come within two refreshes of the screen',
      [p95, plain],
      `${ms(p95)}; ${ms(plain)} for a page of plain text`,
      p95 <= JERK_MS,
    ),
    judge(
      'the page holds no more elements at the end than near the beginning',
      [fast.elements, slow.elements],
      `${count(fast.elements)}; ${count(slow.elements)} near the beginning`,
      fast.elements <= TOLERATED_GROWTH * slow.elements,
    ),
    judge(
      'the oldest event is reached by scrolling',
      [reached, events],
      `${count(reached)} of ${count(events)}`,
      reached === events,
    ),
  ];
}
