import type { Retention } from '@lookout/contracts';
import { House } from '../house/house.ts';
import { observeCamera } from '../measure/camera-window.ts';
import { databaseBytes } from '../measure/database-bytes.ts';
import { childrenNamed } from '../measure/processor-time.ts';
import { ms } from '../report/figures.ts';
import { type Bustle, Crowds, eventsPerSecond } from './events/crowds.ts';
import {
  type EventLevel,
  judgeEvents,
  type Kept,
  keptPerTenThousand,
  plotsOf,
  sufferings,
  tableOf,
} from './events/judge.ts';
import type { Outcome, Scenario, Stage } from './scenario.ts';

const BUSTLES: readonly Bustle[] = [
  { cameras: 0, perLook: 0 },
  { cameras: 1, perLook: 1 },
  { cameras: 4, perLook: 1 },
  { cameras: 4, perLook: 4 },
  { cameras: 4, perLook: 16 },
  { cameras: 4, perLook: 64 },
];
const QUICK_BUSTLES = BUSTLES.slice(0, 3);

/** How much may happen before who looks at another camera feels it. */
export const events: Scenario = {
  name: 'events',
  about: 'live view and detection of one camera while events begin in front of others',
  async play(stage: Stage): Promise<Outcome> {
    const house = await House.open(stage.root, stage.clip);
    try {
      await house.startWorker(1);
      const crowds = await Crowds.gather(house);
      try {
        return await observe(stage, house, crowds);
      } finally {
        await crowds.disperse();
      }
    } finally {
      await house.close();
    }
  },
};

async function observe(stage: Stage, house: House, crowds: Crowds): Promise<Outcome> {
  const before = await keptNow(house);
  const bustles = stage.wish.quick ? QUICK_BUSTLES : BUSTLES;
  const levels: EventLevel[] = bustles.map((bustle) => ({
    perSecond: eventsPerSecond(bustle),
    windows: [],
  }));
  const { seconds, windows } = stage.wish;
  for (let round = 0; round < windows; round += 1) {
    for (const [index, bustle] of bustles.entries()) {
      const decoders = childrenNamed(house.apiPid, 'ffmpeg');
      const alongside = Object.fromEntries(decoders.map((pid) => [`decoder ${String(pid)}`, pid]));
      crowds.begin(bustle);
      const wish = { seconds: seconds / windows, detection: true, alongside };
      const camera = await observeCamera(house, wish);
      const happened = await crowds.rest();
      levels[index]?.windows.push({ camera, happened });
      const { told, began, delay } = happened;
      stage.say(
        `${String(eventsPerSecond(bustle))} events/s: ${String(told)} of ${String(began)} told, half within ${ms(delay.p50)}`,
      );
    }
  }
  const all = levels.flatMap((level) => level.windows);
  const after = await keptNow(house);
  const kept = {
    events: all.reduce((sum, { happened }) => sum + happened.began, 0),
    databaseBytes: after.databaseBytes - before.databaseBytes,
    budgetBytes: after.budgetBytes - before.budgetBytes,
  };
  stage.say(limitOf(levels));
  stage.say(keptPerTenThousand(kept));
  return {
    table: tableOf(levels),
    findings: judgeEvents(levels),
    plots: plotsOf(levels),
    measured: { levels, kept },
  };
}

async function keptNow(house: House): Promise<Omit<Kept, 'events'>> {
  const { usedBytes } = (await house.client.call('GET', '/events/retention')) as Retention;
  return { databaseBytes: databaseBytes(house.databaseFile), budgetBytes: usedBytes };
}

function limitOf(levels: readonly EventLevel[]): string {
  const [reference] = levels;
  const suffering = levels.find(
    (level) => reference !== undefined && sufferings(level, reference).length > 0,
  );
  return suffering === undefined
    ? `nothing suffers up to ${String(levels.at(-1)?.perSecond)} events/s`
    : `from ${String(suffering.perSecond)} events/s on something suffers`;
}
