import { resolve } from 'node:path';
import { readConfig } from '@lookout/config';
import { waitForLock } from '../bootstrap/lock.mjs';
import { listenForStop } from '../start/stop-request.ts';
import { buildStep } from './build.ts';
import { demoFootageStep } from './demo-footage.ts';
import { modelStep } from './model.ts';
import { ffmpeg, ffprobe, programsStep, redisServer } from './programs.ts';
import { runSteps, SetupError, SetupStopped } from './step.ts';

// Brings what the bench needs; the bench runs this as a command of its own.
const root = resolve(import.meta.dirname, '../..');
const stop = listenForStop();
const say = (line: string) => {
  console.log(`set-up | ${line}`);
};

try {
  const { dataDir, model } = readConfig(undefined, root);
  const lock = await waitForLock(root, say, () => stop.signal.aborted);
  const steps = [
    programsStep([ffmpeg, ffprobe, redisServer]),
    modelStep(root, model, say),
    demoFootageStep(dataDir, say),
    buildStep(root, ['api', 'worker']),
  ];
  await runSteps(steps, stop.signal, say).finally(() => lock?.release());
} catch (error) {
  if (error instanceof SetupStopped) process.exit(stop.exitCode());
  if (!(error instanceof SetupError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
