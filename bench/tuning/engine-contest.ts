import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BareLoop, type BareLoopSettings } from '../house/bare-loop.ts';
import { CLIP, House } from '../house/house.ts';
import type { Viewer } from '../house/viewer.ts';
import { ProcessorMeter, processorMs } from '../measure/processor-time.ts';
import { cadence } from '../measure/statistics.ts';
import type { Stage } from '../scenarios/scenario.ts';
import {
  type Contender,
  type ContenderResult,
  type ContestWindow,
  type ContestWish,
  holdContest,
} from './contest.ts';

/** More are not tried: on a large machine the rest would stand still. */
const MOST_THREADS = 8;
const SETTLE_MS = 3000;

/** Sessions that run beside each other, in a process each. */
interface Crew {
  readonly name: string;
  readonly sessions: number;
  readonly settings: Pick<BareLoopSettings, 'threads' | 'spinning' | 'niceness'>;
}

/**
 * The engine at other numbers of threads, spinning, priorities and sessions, while a camera is
 * captured and watched: inferences, and what is left of the picture.
 */
export async function engineContest(
  stage: Stage,
  model: string,
  wish: ContestWish,
): Promise<ContenderResult[]> {
  const house = await House.open(stage.root, stage.clip);
  try {
    const camera = await house.client.addCamera({
      name: 'tuning',
      source: { type: 'file', path: CLIP },
      detection: { enabled: false },
    });
    const viewer = await house.client.watch({ cameraId: camera.id });
    await sleep(SETTLE_MS);
    const models = join(stage.root, 'models');
    const contenders = crews(availableParallelism()).map(
      ({ name, sessions, settings }): Contender => ({
        name,
        measure: async (seconds) => {
          const loops = await Promise.all(
            Array.from({ length: sessions }, () => BareLoop.start({ models, model, ...settings })),
          );
          try {
            return await measureLoops(loops, viewer, house, seconds);
          } finally {
            await Promise.all(loops.map((loop) => loop.stop()));
          }
        },
      }),
    );
    return await holdContest('engine', contenders, wish);
  } finally {
    await house.close();
  }
}

/** What is tried on a machine of so many cores; the first is what the worker does. */
export function crews(cores: number): Crew[] {
  const threads = Math.min(cores, MOST_THREADS);
  const settings = { threads, spinning: false, niceness: 10 };
  const several = `${String(threads)} thread${threads === 1 ? '' : 's'}`;
  const all = [
    { name: `${several}, niceness 10`, sessions: 1, settings },
    { name: '1 thread', sessions: 1, settings: { ...settings, threads: 1 } },
    {
      name: `${String(threads)} sessions of 1 thread`,
      sessions: threads,
      settings: { ...settings, threads: 1 },
    },
    { name: `${several}, spinning`, sessions: 1, settings: { ...settings, spinning: true } },
    { name: `${several}, niceness 0`, sessions: 1, settings: { ...settings, niceness: 0 } },
    { name: `${several}, niceness 19`, sessions: 1, settings: { ...settings, niceness: 19 } },
  ];
  return all.filter((_crew, index) => threads > 1 || index === 0 || index > 3);
}

async function measureLoops(
  loops: readonly BareLoop[],
  viewer: Viewer,
  house: House,
  seconds: number,
): Promise<ContestWindow> {
  const pids = Object.fromEntries(loops.map(({ pid }, index) => [`loop-${String(index)}`, pid]));
  const used = (): number => loops.reduce((sum, { pid }) => sum + processorMs(pid), 0);
  for (const loop of loops) loop.go();
  const meter = new ProcessorMeter({ ...pids, api: house.apiPid, redis: house.redisPid });
  const before = used();
  const [start, wallStart] = [performance.now(), Date.now()];
  await sleep(seconds * 1000);
  const [end, wallEnd] = [performance.now(), Date.now()];
  const spent = used() - before;
  const othersPercent = meter.percent()['others'] ?? NaN;
  const moments = await Promise.all(loops.map((loop) => loop.halt()));
  const perSecond = moments.reduce((sum, one) => sum + pace(one, wallStart, wallEnd), 0);
  const live = cadence(
    viewer.frames.map(({ at }) => at),
    start,
    end,
  );
  return {
    perSecond,
    processorMs: spent / (perSecond * ((end - start) / 1000)),
    othersPercent,
    besides: { 'live/s': live.perSecond, 'gap ms': live.longestGapMs },
  };
}

/** From the first to the last in the window, which is exact where only few fit into it. */
function pace(moments: readonly number[], start: number, end: number): number {
  const inside = moments.filter((moment) => moment >= start && moment < end);
  const span = (inside.at(-1) ?? 0) - (inside[0] ?? 0);
  return span > 0 ? (1000 * (inside.length - 1)) / span : (1000 * inside.length) / (end - start);
}
