import { join } from 'node:path';
import { waitForLock } from '../bootstrap/lock.mjs';
import { buildStep } from '../setup/build.ts';
import { demoFootageStep } from '../setup/demo-footage.ts';
import { modelStep } from '../setup/model.ts';
import {
  chromium,
  faketime,
  ffmpeg,
  ffprobe,
  mosquitto,
  programsStep,
  redisServer,
} from '../setup/programs.ts';
import { rtspServerStep } from '../setup/rtsp-server.ts';
import { runSteps } from '../setup/step.ts';

/** Brings what the tests need. */
export async function setUpForTests(root: string, signal: AbortSignal): Promise<void> {
  const say = (line: string) => {
    console.log(`set-up | ${line}`);
  };
  const steps = [
    programsStep([ffmpeg, ffprobe, redisServer, chromium, faketime, mosquitto]),
    rtspServerStep,
    modelStep(root, undefined, say),
    demoFootageStep(join(root, 'data'), say),
    buildStep(root, ['api', 'worker', 'dashboard']),
  ];
  const lock = await waitForLock(root, say, () => signal.aborted);
  try {
    await runSteps(steps, signal, say);
  } finally {
    lock?.release();
  }
}
