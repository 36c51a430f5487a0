import type { Config } from '@lookout/config';
import { waitForLock } from '../bootstrap/lock.mjs';
import { buildStep } from '../setup/build.ts';
import { demoFootageStep } from '../setup/demo-footage.ts';
import { modelStep } from '../setup/model.ts';
import { ffmpeg, ffprobe, programsStep, redisServer } from '../setup/programs.ts';
import { runSteps, type SetupStep } from '../setup/step.ts';
import type { StartArguments } from './arguments.ts';

/** Brings what the chosen roles need, alone in this checkout. */
export async function setUpForStart(
  root: string,
  config: Config,
  roles: StartArguments,
  signal: AbortSignal,
): Promise<void> {
  const say = (line: string) => {
    console.log(`set-up | ${line}`);
  };
  const lock = await waitForLock(root, say, () => signal.aborted);
  try {
    await runSteps(stepsForStart(root, config, roles, say), signal, say);
  } finally {
    lock?.release();
  }
}

function stepsForStart(
  root: string,
  config: Config,
  roles: StartArguments,
  say: (line: string) => void,
): SetupStep[] {
  const workers = roles.worker && config.workers > 0;
  const programs = [
    ...(roles.api ? [ffmpeg, ffprobe] : []),
    ...(config.redisUrl === undefined ? [redisServer] : []),
  ];
  return [
    programsStep(programs),
    ...(workers ? [modelStep(root, config.model, say)] : []),
    ...(roles.api && config.demo !== false ? [demoFootageStep(config.dataDir, say)] : []),
    buildStep(root, [
      ...(roles.api ? (['api', 'dashboard'] as const) : []),
      ...(workers ? (['worker'] as const) : []),
    ]),
  ];
}
