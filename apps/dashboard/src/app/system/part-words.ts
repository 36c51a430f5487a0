import type { SupervisedProcess, System, WorkerPresence } from '@lookout/contracts';
import { formatAge, formatMoment, formatMs, formatRate } from '../figures/age.ts';
import type { Tone } from '../shell/connection.ts';
import type { IconName } from '../shell/icon-paths.ts';
import { bytes } from './doctor-words.ts';

/** A process, worker or other part and how it does. */
export interface PartView {
  readonly id: string;
  readonly name: string;
  readonly icon: IconName;
  readonly word: string;
  readonly tone: Tone;
  readonly figures: readonly { readonly name: string; readonly figure: string }[];
  /** Why it does not do its work, in words; `null` when it does. */
  readonly trouble: string | null;
}

/** Nobody knows whether what was well still is. */
export const toneOf = ({ tone }: Pick<PartView, 'tone'>, old: boolean): Tone =>
  old && tone === 'good' ? 'quiet' : tone;

/** A process that came back so lately may go again. */
const UNREST_MS = 10 * 60_000;

const WORKS = { icon: 'live', word: 'works', tone: 'good' } as const;

/** @param now - of the server, in ms since the Unix epoch */
export function processView(process: SupervisedProcess, now: number): PartView {
  const { name, pid, startedAt, restarts, lastExit } = process;
  const ended = { name: 'last run ended', figure: lastExit ?? 'none so far' };
  return {
    id: name,
    name,
    ...processState(process, now),
    figures: [
      { name: 'started', figure: startedAt === null ? 'not running' : ago(startedAt, now) },
      { name: 'restarts', figure: String(restarts) },
      { name: 'pid', figure: pid === null ? 'none' : String(pid) },
      ended,
    ],
    trouble: null,
  };
}

function processState(
  { state, startedAt, restarts }: SupervisedProcess,
  now: number,
): Pick<PartView, 'icon' | 'word' | 'tone'> {
  switch (state) {
    case 'running': {
      const age = startedAt === null ? Infinity : now - Date.parse(startedAt);
      return restarts > 0 && age < UNREST_MS
        ? { icon: 'stale', word: 'restarted lately', tone: 'amber' }
        : { icon: 'live', word: 'running', tone: 'good' };
    }
    case 'starting':
      return { icon: 'waiting', word: 'starting', tone: restarts > 0 ? 'amber' : 'quiet' };
    case 'waiting':
      return { icon: 'failed', word: 'ended, starts again soon', tone: 'red' };
    case 'stopped':
      return { icon: 'failed', word: 'stopped', tone: 'red' };
  }
}

/** @param now - of the server, in ms since the Unix epoch */
export function workerView(worker: WorkerPresence, now: number): PartView {
  const { id, pid, host, startedAt, models, threads, threadsChosen, rate } = worker;
  return {
    id,
    name: host,
    icon: 'live',
    word: 'alive',
    tone: 'good',
    figures: [
      { name: 'model', figure: models.length === 0 ? 'none yet' : models.join(', ') },
      { name: 'rate', figure: `${formatRate(rate)} fps` },
      { name: 'inference', figure: inference(worker) },
      { name: 'threads', figure: `${String(threads)}, ${threadsChosen}` },
      { name: 'pid', figure: String(pid) },
      { name: 'started', figure: ago(startedAt, now) },
    ],
    trouble: null,
  };
}

function inference({ inferenceMs, inferenceRepeat }: WorkerPresence): string {
  if (inferenceMs === null) return 'none in the last minute';
  const each = inferenceRepeat === 1 ? '' : `, each run ${String(inferenceRepeat)} times`;
  return `${formatMs(inferenceMs)}${each}`;
}

/** Lookout itself, what it cannot do without, and what it can. */
export function otherViews(system: System, now: number): PartView[] {
  const { redis, database, parts } = system;
  return [
    {
      id: 'lookout',
      name: 'Lookout',
      icon: 'live',
      word: 'running',
      tone: 'good',
      figures: [
        { name: 'version', figure: system.version },
        { name: 'started', figure: ago(system.startedAt, now) },
      ],
      trouble: null,
    },
    {
      id: 'redis',
      name: 'Redis',
      ...(redis.state === 'connected'
        ? { icon: 'live', word: 'connected', tone: 'good', trouble: null }
        : {
            ...{ icon: 'failed', word: 'away', tone: 'amber' },
            trouble: redis.reason ?? 'It cannot be reached.',
          }),
      figures: [
        { name: 'version', figure: redis.version ?? 'not known' },
        { name: 'memory', figure: bytes(redis.usedMemoryBytes) },
      ],
    },
    {
      id: 'database',
      name: 'Database',
      ...(database.state === 'open'
        ? { icon: 'live', word: 'open', tone: 'good', trouble: null }
        : {
            ...{ icon: 'failed', word: 'failed', tone: 'red' },
            trouble: 'It cannot be read: settings and events can neither be shown nor kept.',
          }),
      figures: [
        { name: 'engine', figure: database.engine },
        { name: 'size', figure: bytes(database.sizeBytes) },
      ],
    },
    ...parts.map(({ name, trouble }): PartView => {
      const state = trouble === null ? WORKS : TROUBLED;
      return { id: `part ${name}`, name: PART_NAMES[name] ?? name, ...state, figures: [], trouble };
    }),
  ];
}

const TROUBLED = { icon: 'failed', word: 'in trouble', tone: 'amber' } as const;

const PART_NAMES: Readonly<Record<string, string>> = { events: 'Events', mqtt: 'MQTT' };

/** "14:03:11 (2 h 5 min)": when, and how long ago, by the server's clock. */
function ago(iso: string, now: number): string {
  const moment = Date.parse(iso);
  return `${formatMoment(moment, now)} (${formatAge(now - moment)})`;
}
