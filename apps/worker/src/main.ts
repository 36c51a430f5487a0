import 'reflect-metadata';
import { resolve } from 'node:path';
import { ConfigError, readConfig } from '@lookout/config';
import { NestFactory } from '@nestjs/core';
import { Logger } from 'nestjs-pino';
import { yieldToLiveView } from './priority.ts';
import { tellSupervisor } from './supervisor.ts';
import { ModelUnusable, WorkerProcess } from './worker-process.ts';
import { WorkerModule } from './worker.module.ts';

/** As sysexits.h has it: something must be mended first, another try would not help. */
const EXIT_CONFIG = 78;

process.title = 'lookout-worker';
yieldToLiveView();

try {
  const config = readConfig();
  const { redisUrl } = config;
  if (redisUrl === undefined) {
    throw new ConfigError(
      'REDIS_URL is not set: a worker alone needs to be told which Redis to use',
    );
  }
  const app = await NestFactory.createApplicationContext(
    WorkerModule.forSurroundings({
      config,
      redisUrl,
      models: resolve(import.meta.dirname, '../../../models'),
    }),
    { bufferLogs: true, abortOnError: false },
  );
  app.useLogger(app.get(Logger));
  await new WorkerProcess(app).run();
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(`lookout-worker cannot start: ${reason}\n`);
  if (!(error instanceof ConfigError || error instanceof ModelUnusable)) throw error;
  await tellSupervisor({ type: 'failed', reason });
  process.exit(EXIT_CONFIG);
}
