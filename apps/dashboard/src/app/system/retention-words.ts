import type { Retention, RetentionAmounts, RetentionReason } from '@lookout/contracts';
import { formatAge, formatCount, formatMoment } from '../figures/age.ts';
import { bytes } from './doctor-words.ts';

const REASONS: Readonly<Record<RetentionReason, string>> = {
  age: 'too old',
  budget: 'over budget',
};

export const reasonWord = (reason: RetentionReason): string => REASONS[reason];

/** "12 events too old, 3 events over budget, 1 file of no event (2.1 MB)", "nothing". */
export function amountWords({ age, budget, orphans, bytes: all }: RetentionAmounts): string {
  const parts = [
    counted(age, 'event', REASONS.age),
    counted(budget, 'event', REASONS.budget),
    counted(orphans, 'file', 'of no event'),
  ].filter((part) => part !== null);
  return parts.length === 0 ? 'nothing' : `${parts.join(', ')} (${bytes(all)})`;
}

function counted(count: number, noun: string, what: string): string | null {
  if (count === 0) return null;
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'} ${what}`;
}

/** "14:15:00, in 7 min 3 s", by the server's clock. */
export function nextWords({ at }: Retention['next'], now: number): string {
  if (at === null) return 'not known while Redis is away: nothing is deleted until it is back';
  const moment = Date.parse(at);
  const wait = moment - now;
  return `${formatMoment(moment, now)}, ${wait > 0 ? `in ${formatAge(wait)}` : 'at any moment'}`;
}

/** How full the budget is, for a bar and in words. */
export function budgetView({ usedBytes, diskBytes }: Pick<Retention, 'usedBytes' | 'diskBytes'>) {
  const percent = (usedBytes / diskBytes) * 100;
  const rounded = percent > 0 && percent < 1 ? 'under 1' : String(Math.floor(percent));
  return {
    percent: Math.min(100, percent),
    over: usedBytes > diskBytes,
    words: `${bytes(usedBytes)} of ${bytes(diskBytes)}, ${rounded} %`,
  };
}
