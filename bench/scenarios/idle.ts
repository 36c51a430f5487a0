import { setTimeout as sleep } from 'node:timers/promises';
import { House } from '../house/house.ts';
import { ProcessorMeter } from '../measure/processor-time.ts';
import { judge } from '../report/finding.ts';
import type { Outcome, Scenario, Stage } from './scenario.ts';

const HIGHEST_PERCENT = 1;
const SETTLE_MS = 2000;

/** What a worker costs that has nothing to do. */
export const idle: Scenario = {
  name: 'idle',
  about: 'processor time of a worker without frames',
  async play(stage: Stage): Promise<Outcome> {
    const seconds = Math.max(stage.wish.seconds / 2, stage.wish.quick ? 5 : 10);
    const house = await House.open(stage.root, stage.clip);
    let percent: Record<string, number>;
    try {
      await house.startWorker(1);
      await sleep(SETTLE_MS);
      const meter = new ProcessorMeter({ worker: house.workerPid, redis: house.redisPid });
      stage.say(`doing nothing for ${String(seconds)} s`);
      await sleep(seconds * 1000);
      percent = meter.percent();
    } finally {
      await house.close();
    }
    const worker = percent['worker'] ?? NaN;
    return {
      table: [
        ['', 'of one core'],
        ...Object.entries(percent).map(([part, share]) => [part, `${share.toFixed(2)} %`]),
      ],
      findings: [
        judge(
          `an idle worker costs under ${String(HIGHEST_PERCENT)} % of a core`,
          [worker],
          `${worker.toFixed(2)} %`,
          worker < HIGHEST_PERCENT,
        ),
      ],
      measured: { seconds, percent },
    };
  },
};
