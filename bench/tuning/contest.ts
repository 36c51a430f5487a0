import { median } from '../measure/statistics.ts';

/** What one contender did in one window. */
export interface ContestWindow {
  /** Inferences, round trips or frames. */
  readonly perSecond: number;
  /** Processor time for each of them in ms. */
  readonly processorMs: number;
  /** What the rest of the machine took meanwhile, in % of one core. */
  readonly othersPercent: number;
  /** What else is worth a look, by name. */
  readonly besides?: Readonly<Record<string, number>>;
}

/** One setting that is tried. */
export interface Contender {
  readonly name: string;
  measure(seconds: number): Promise<ContestWindow>;
}

/** A contender and what it did, window by window. */
export interface ContenderResult {
  readonly name: string;
  readonly windows: readonly ContestWindow[];
}

/** How long, how often, and who is told how far it is. */
export interface ContestWish {
  readonly seconds: number;
  readonly windows: number;
  say(line: string): void;
}

/**
 * Lets contenders take turns, window by window, every second time in the opposite order: what
 * happens to the machine meanwhile hits all of them.
 * @param contenders - the first is the default, which the others are compared with
 */
export async function holdContest(
  name: string,
  contenders: readonly Contender[],
  wish: ContestWish,
): Promise<ContenderResult[]> {
  const results = contenders.map((contender) => ({ contender, seen: [] as ContestWindow[] }));
  for (let window = 1; window <= wish.windows; window += 1) {
    const order = window % 2 === 1 ? results : results.toReversed();
    for (const { contender, seen } of order) seen.push(await contender.measure(wish.seconds));
    wish.say(`${name}: window ${String(window)} of ${String(wish.windows)}`);
  }
  return results.map(({ contender, seen }) => ({ name: contender.name, windows: seen }));
}

/** Columns of {@link contestRows}. */
export const CONTEST_HEADING = [
  '',
  'per second',
  'of the default',
  'processor',
  'besides',
  'others',
];

/** A row for each contender: medians, and the median of its ratios to the default, window by window. */
export function contestRows(results: readonly ContenderResult[]): string[][] {
  const [reference] = results;
  return results.map(({ name, windows }) => {
    const of = (pick: (window: ContestWindow) => number): number => middle(windows.map(pick));
    return [
      name,
      of(({ perSecond }) => perSecond).toFixed(1),
      ratioTo(reference?.windows ?? [], windows).toFixed(2),
      `${of(({ processorMs }) => processorMs).toFixed(2)} ms`,
      Object.keys(windows[0]?.besides ?? {})
        .map((what) => `${what} ${shorten(of(({ besides }) => besides?.[what] ?? NaN))}`)
        .join(', '),
      `${of(({ othersPercent }) => othersPercent).toFixed(0)} %`,
    ];
  });
}

/** Median of what each window is to the default's window of the same turn. */
export function ratioTo(
  reference: readonly ContestWindow[],
  windows: readonly ContestWindow[],
): number {
  return middle(
    windows.map(({ perSecond }, turn) => perSecond / (reference[turn]?.perSecond ?? NaN)),
  );
}

/** The median of what could be measured: in a window that others took whole, nothing can. */
function middle(values: readonly number[]): number {
  return median(values.filter(Number.isFinite));
}

function shorten(value: number): string {
  return value >= 20 ? value.toFixed(0) : value.toFixed(2);
}
