import 'reflect-metadata';
import { resolve } from 'node:path';
import { ConfigError, forbidTelemetry, readConfig } from '@lookout/config';
import { lowerPriority, trustSystemCertificates } from '@lookout/host';
import { NestApplicationContextOptions } from '@nestjs/common/interfaces/nest-application-context-options.interface.js';
import { NestFactory } from '@nestjs/core';
import { Logger } from 'nestjs-pino';
import { tellSupervisor } from './supervisor.ts';
import { ModelUnusable, WorkerProcess } from './worker-process.ts';
import { WorkerModule } from './worker.module.ts';

/** As sysexits.h has it: something must be mended first, another try would not help. */
const EXIT_CONFIG = 78;
/** The api and ffmpeg stay at 0: the picture goes first. */
const NICENESS = 10;
/** Errors come back to this file instead of ending the process. */
const OPTIONS = new NestApplicationContextOptions();
OPTIONS.bufferLogs = true;
OPTIONS.abortOnError = false;

process.title = 'lookout-worker';
forbidTelemetry();
lowerPriority(NICENESS);
trustSystemCertificates();

try {
  const config = readConfig();
  const { redisUrl } = config;
  if (redisUrl === undefined) {
    throw new ConfigError(
      'REDIS_URL is not set: a worker alone needs to be told which Redis to use',
    );
  }
  const models = resolve(import.meta.dirname, '../../../models');
  const app = await NestFactory.createApplicationContext(
    WorkerModule.forSurroundings({ config, redisUrl, models }),
    OPTIONS,
  );
  app.useLogger(app.get(Logger));
  await app.get(WorkerProcess).run();
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(`lookout-worker cannot start: ${reason}\n`);
  if (!(error instanceof ConfigError || error instanceof ModelUnusable)) throw error;
  await tellSupervisor({ type: 'failed', reason });
  process.exit(EXIT_CONFIG);
}
