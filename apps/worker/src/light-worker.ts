import 'reflect-metadata';
import { readConfig } from '@lookout/config';
import { NestApplicationContextOptions } from '@nestjs/common/interfaces/nest-application-context-options.interface.js';
import { NestFactory } from '@nestjs/core';
import { hostClock } from '@lookout/host';
import type { Inspection, Inspector } from './detector/inspector.ts';
import { INSPECTOR } from './tokens.ts';
import { WorkerModule } from './worker.module.ts';
import { WorkerProcess } from './worker-process.ts';

/**
 * A worker process for tests whose inferences only take time, as many ms as its first argument says
 * and no processor: several of them share cameras on a small machine as if each had one of its own.
 */
class TimedInspector implements Inspector {
  readonly died = new Promise<Error>(() => undefined);
  readonly #clock = hostClock();
  readonly #inferenceMs: number;

  constructor(inferenceMs: number) {
    this.#inferenceMs = inferenceMs;
  }

  load: Inspector['load'] = () =>
    Promise.resolve({ id: 'timed', threads: 1, chosen: 'tuned', notes: [], trialMs: 1 });

  async inspect(): Promise<Inspection> {
    const decodedAt = this.#clock.monotonic();
    await new Promise<void>((resolve) => this.#clock.after(this.#inferenceMs, resolve));
    const inferredAt = this.#clock.monotonic();
    return { detections: [], inferenceMs: inferredAt - decodedAt, decodedAt, inferredAt };
  }

  models(): readonly string[] {
    return ['timed'];
  }

  end(): Promise<void> {
    return Promise.resolve();
  }
}

const config = readConfig();
const { redisUrl = '' } = config;
const worker = WorkerModule.forSurroundings({ config, redisUrl, models: '' });
const providers = (worker.providers ?? []).filter(
  (one) => !('provide' in one) || one.provide !== INSPECTOR,
);
const inspector = new TimedInspector(Number(process.argv[2]));
const options = new NestApplicationContextOptions();
options.logger = false;
const app = await NestFactory.createApplicationContext(
  { ...worker, providers: [...providers, { provide: INSPECTOR, useValue: inspector }] },
  options,
);
await app.get(WorkerProcess).run();
