import { Viewer } from '../../house/viewer.ts';
import {
  type CrowdOrder,
  type CrowdReport,
  type CrowdSettings,
  type Habit,
  LATE_MS,
} from './crowd.ts';

const { url, token, cameraId, habits } = JSON.parse(process.argv[2] ?? '') as CrowdSettings;
const ACK_AFTER: Readonly<Record<Habit, number | null>> = { fast: 0, late: LATE_MS, never: null };

const members: { habit: Habit; viewer: Viewer }[] = [];
for (const habit of habits) {
  const habits = { ackAfterMs: ACK_AFTER[habit] };
  members.push({ habit, viewer: await Viewer.open({ url, token }, { cameraId }, habits) });
}

let begun = 0;
process.on('message', (order: CrowdOrder) => {
  if (order === 'begin') {
    begun = performance.now();
    for (const { viewer } of members) viewer.forget();
  } else {
    process.send?.(report());
  }
});
process.on('disconnect', () => process.exit());
process.send?.('ready');

function report(): CrowdReport {
  return {
    seconds: (performance.now() - begun) / 1000,
    members: members.map(({ habit, viewer }) => ({
      habit,
      frames: viewer.frames.map(({ at, ageMs }) => ({ at: at - begun, ageMs })),
    })),
  };
}
