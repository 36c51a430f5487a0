import { resolve } from 'node:path';
import { readConfig } from '@lookout/config';
import { waitForLock } from '../bootstrap/lock.mjs';
import { listenForStop } from '../start/stop-request.ts';
import { buildStep } from './build.ts';
import { demoFootageStep } from './demo-footage.ts';
import { modelStep } from './model.ts';
import { chromium, faketime, ffmpeg, ffprobe, programsStep, redisServer } from './programs.ts';
import { rtspServerStep } from './rtsp-server.ts';
import { runSteps, SetupError, SetupStopped } from './step.ts';

// Brings what the bench or the suite of faults needs, which run this as a command of its own.
const root = resolve(import.meta.dirname, '../..');
const forFaults = process.argv[2] === 'faults';
const withBrowser = process.argv[2] === 'bench-with-browser';
const stop = listenForStop();
const say = (line: string) => {
  console.log(`set-up | ${line}`);
};

try {
  const { dataDir, model } = readConfig(undefined, root);
  const lock = await waitForLock(root, say, () => stop.signal.aborted);
  const steps = [
    programsStep([
      ...[ffmpeg, ffprobe, redisServer],
      ...(forFaults ? [faketime] : []),
      ...(withBrowser ? [chromium] : []),
    ]),
    ...(forFaults ? [rtspServerStep] : []),
    modelStep(root, model, say),
    demoFootageStep(dataDir, say),
    buildStep(root, forFaults || withBrowser ? ['api', 'worker', 'dashboard'] : ['api', 'worker']),
  ];
  await runSteps(steps, stop.signal, say).finally(() => lock?.release());
} catch (error) {
  if (error instanceof SetupStopped) process.exit(stop.exitCode());
  if (!(error instanceof SetupError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
