import type { JobQueue } from '@lookout/contracts';
import { formatCount } from '../figures/age.ts';
import type { PartView } from './part-words.ts';

/** What is known of a queue beyond its figures. */
interface QueueFacts {
  readonly purpose: string;
  /** What it means that jobs of it wait for a later time; `null`: nothing that needs a look. */
  readonly delayed: string | null;
  /** What one can do when some failed. */
  readonly failed: string;
  /** The page where that is done. */
  readonly page: { readonly path: string; readonly name: string } | null;
}

const FACTS: Readonly<Record<string, QueueFacts>> = {
  webhooks: {
    purpose:
      'Sends messages to webhooks. It holds only those whose turn it is; the others wait in the database.',
    delayed: 'tried again later',
    failed: 'Look at what became of each message, and send it again.',
    page: { path: '/webhooks', name: 'Webhooks and their deliveries' },
  },
  retention: {
    purpose: 'Deletes old events every quarter of an hour. The delayed job is its next run.',
    delayed: null,
    failed:
      'Whether it still fails, its last run below says: failed ones stay counted for a while.',
    page: null,
  },
};

const OTHER: QueueFacts = {
  purpose: '',
  delayed: null,
  failed: 'The log of the api says why.',
  page: null,
};

export const queueFacts = (name: string): QueueFacts => FACTS[name] ?? OTHER;

/** How a queue does, as a word, a shape and a tone; what needs a look first. */
export function queueState({ name, counts }: JobQueue): Pick<PartView, 'icon' | 'word' | 'tone'> {
  if (counts === null)
    return { icon: 'unknown', word: 'not known while Redis is away', tone: 'amber' };
  const { waiting, active, delayed, failed } = counts;
  const delays = queueFacts(name).delayed;
  const later = delayed > 0 && delays !== null ? [`${formatCount(delayed)} ${delays}`] : [];
  if (failed > 0) {
    const word = [`${formatCount(failed)} failed`, ...later].join(', ');
    return { icon: 'failed', word, tone: 'amber' };
  }
  if (later.length > 0) return { icon: 'waiting', word: later.join(), tone: 'amber' };
  return waiting + active > 0
    ? { icon: 'live', word: 'at work', tone: 'good' }
    : { icon: 'live', word: 'nothing to do now', tone: 'good' };
}
