import { setTimeout as sleep } from 'node:timers/promises';
import { addClipCamera, untilLive } from '../house/clip-camera.ts';
import { House } from '../house/house.ts';
import { memoryBytes } from '../measure/process-figures.ts';
import { childrenNamed, ProcessorMeter } from '../measure/processor-time.ts';
import { median } from '../measure/statistics.ts';
import { rate } from '../report/figures.ts';
import type { Outcome, Scenario, Stage } from './scenario.ts';
import { habitsOf, ViewerCrowd } from './viewers/crowd.ts';
import { type Audience, audienceOf, judgeAudience, plotsOf, tableOf } from './viewers/judge.ts';

const NUMBERS = [1, 10, 50, 100];
const QUICK_NUMBERS = [1, 20];
const SETTLE_MS = 2500;

/** What many viewers of one camera get and cost, while a tenth of them is too slow for it. */
export const viewers: Scenario = {
  name: 'viewers',
  about: 'rate and age of fast viewers among slow ones, and what they all cost the api',
  async play(stage: Stage): Promise<Outcome> {
    const audiences: Audience[] = [];
    const house = await House.open(stage.root, stage.clip);
    try {
      await house.startWorker(1);
      const { id } = await addClipCamera(house);
      await untilLive(house, [id]);
      for (const number of stage.wish.quick ? QUICK_NUMBERS : NUMBERS) {
        const audience = await observe(stage, house, id, number);
        audiences.push(audience);
        stage.say(`${String(number)} viewers: ${rate(median(audience.fastRates))} live/s`);
      }
    } finally {
      await house.close();
    }
    return {
      table: tableOf(audiences),
      findings: audiences.flatMap(judgeAudience),
      plots: plotsOf(audiences),
      measured: audiences,
    };
  },
};

async function observe(
  stage: Stage,
  house: House,
  cameraId: string,
  number: number,
): Promise<Audience> {
  const crowd = await ViewerCrowd.gather({
    ...house.client.address,
    cameraId,
    habits: habitsOf(number),
  });
  try {
    await sleep(SETTLE_MS);
    const meter = new ProcessorMeter({
      api: house.apiPid,
      worker: house.workerPid,
      redis: house.redisPid,
      ffmpeg: childrenNamed(house.apiPid, 'ffmpeg')[0] ?? 0,
      viewers: crowd.pid,
    });
    const before = memoryBytes(house.apiPid);
    crowd.begin();
    await sleep((stage.wish.seconds / 2) * 1000);
    const report = await crowd.report();
    const memory = { before, after: memoryBytes(house.apiPid) };
    return audienceOf(report, { processor: meter.percent(), memory });
  } finally {
    await crowd.disperse();
  }
}
