import { resolve } from 'node:path';
import { type Config, ConfigError, readConfig } from '@lookout/config';
import { SetupError, SetupStopped } from '../setup/step.ts';
import { readArguments, type StartArguments } from './arguments.ts';
import { lockDataDir } from './data-dir-lock.ts';
import { checkPort } from './port.ts';
import { prefixedLog } from './prefixed-log.ts';
import { readyLine } from './ready-line.ts';
import { waitForRedis } from './redis-answers.ts';
import { chooseRoles } from './roles.ts';
import { setUpForStart } from './set-up.ts';
import { listenForStop, type StopRequest } from './stop-request.ts';
import { StartError } from './start-error.ts';
import { Supervisor } from './supervisor.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const BAD_CONFIGURATION = 78;

process.title = 'lookout-supervisor';
process.exitCode = await main(process.argv.slice(2));
// The signal listeners and the channel of the relaying process would keep this one alive.
process.exit();

async function main(args: readonly string[]): Promise<number> {
  const stop = listenForStop();
  try {
    const wanted = readArguments(args);
    const config = readConfig();
    if (!wanted.api && config.redisUrl === undefined) {
      throw new StartError(
        '--only worker needs REDIS_URL: the Redis that the api uses',
        BAD_CONFIGURATION,
      );
    }
    if (!wanted.api && config.workers === 0) {
      throw new StartError('--only worker with LOOKOUT_WORKERS=0 runs nothing', BAD_CONFIGURATION);
    }
    return await start(config, wanted, stop);
  } catch (error) {
    if (error instanceof SetupStopped) return stop.exitCode();
    if (error instanceof ConfigError) return refuse(error.message, BAD_CONFIGURATION);
    if (error instanceof StartError) return refuse(error.message, error.code);
    if (error instanceof SetupError) return refuse(error.message, 1);
    throw error;
  }
}

async function start(config: Config, wanted: StartArguments, stop: StopRequest): Promise<number> {
  const lock = wanted.api ? lockDataDir(config.dataDir) : undefined;
  try {
    if (wanted.api) await checkPort(config.host, config.port);
    await setUpForStart(ROOT, config, wanted, stop.signal);
    await run(config, wanted, stop);
    return 0;
  } finally {
    lock?.release();
  }
}

async function run(config: Config, wanted: StartArguments, stop: StopRequest): Promise<void> {
  const { roles, redisUrl } = await chooseRoles(ROOT, config, wanted);
  if (stop.signal.aborted) return;
  const names = [roles.redis, roles.api, ...roles.workers].flatMap((spec) => spec?.name ?? []);
  const log = prefixedLog(names, (text) => process.stdout.write(text));
  const stopped = Promise.withResolvers<undefined>();
  stop.signal.addEventListener('abort', () => {
    stopped.resolve(undefined);
  });
  const supervisor = new Supervisor(roles, log);
  const began = supervisor.start(() => waitForRedis(redisUrl, stop.signal, console.log));
  try {
    await Promise.race([
      stopped.promise,
      began.then((ready) => {
        const host = new URL(redisUrl).host;
        const line = ready && readyLine(ready, config.host, config.port);
        console.log(line ?? `Lookout is ready: workers of the api on Redis ${host}`);
        supervisor.tokenShown();
      }),
    ]);
    await stopped.promise;
    console.log('Lookout is stopping');
  } finally {
    began.catch(() => undefined);
    await supervisor.stop();
  }
}

function refuse(line: string, code: number): number {
  console.error(line);
  return code;
}
