import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Config } from '@lookout/config';
import { RedisDetectionFeed } from '@lookout/detection-feed';
import { RedisFrameMailbox, RedisWorkerRoster } from '@lookout/frame-mailbox';
import { openFrameTraces } from '@lookout/frame-traces';
import { hostClock, hostId } from '@lookout/host';
import { connectRedis } from '@lookout/redis-link';
import type { Clock } from '@lookout/timing';
import { type DynamicModule, Module } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { LoggerModule, PinoLogger } from 'nestjs-pino';
import { ThreadedInspector } from './detector/threaded-inspector.ts';
import { FrameBell } from './inference/frame-bell.ts';
import { FrameInspection } from './inference/frame-inspection.ts';
import { InferenceLoop } from './inference/inference-loop.ts';
import { Settlement } from './inference/settlement.ts';
import { FrameJournal } from './journal/frame-journal.ts';
import { RedisWatch } from './redis/redis-watch.ts';
import type { Log } from './log.ts';
import { RosterBeat } from './roster/roster-beat.ts';
import {
  CLOCK,
  CONFIG,
  DETECTION_FEED,
  FRAME_MAILBOX,
  FRAME_TRACES,
  HOST_ID,
  INSPECTOR,
  REDIS,
  WORKER_ID,
  WORKER_ROSTER,
} from './tokens.ts';
import { WorkerProcess } from './worker-process.ts';

/** What the worker's parts get from outside. */
export interface Surroundings {
  readonly config: Config;
  readonly redisUrl: string;
  /** Folder of the catalog and its models. */
  readonly models: string;
}

/** The worker, in the order of a frame's way through it. */
@Module({})
export class WorkerModule {
  static forSurroundings({ config, redisUrl, models }: Surroundings): DynamicModule {
    const worker = `${hostname()}-${String(process.pid)}-${randomUUID().slice(0, 8)}`;
    return {
      module: WorkerModule,
      imports: [LoggerModule.forRoot({ pinoHttp: { level: config.logLevel, base: { worker } } })],
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: CLOCK, useFactory: hostClock },
        { provide: HOST_ID, useFactory: hostId },
        { provide: WORKER_ID, useValue: worker },
        { provide: REDIS, useFactory: () => connectRedis(redisUrl, { name: 'lookout-worker' }) },
        {
          provide: FRAME_MAILBOX,
          useFactory: (redis: Redis) => new RedisFrameMailbox(redis),
          inject: [REDIS],
        },
        {
          provide: WORKER_ROSTER,
          useFactory: (redis: Redis) => new RedisWorkerRoster(redis),
          inject: [REDIS],
        },
        {
          provide: INSPECTOR,
          useFactory: (clock: Clock) =>
            new ThreadedInspector(clock, {
              models,
              defaultModel: config.model,
              threads: config.inferenceThreads,
              workers: config.workers,
              tunings: join(config.dataDir, 'tuning'),
            }),
          inject: [CLOCK],
        },
        {
          provide: DETECTION_FEED,
          useFactory: (redis: Redis) => new RedisDetectionFeed(redis),
          inject: [REDIS],
        },
        {
          provide: FRAME_TRACES,
          useFactory: (log: Log) =>
            openFrameTraces(
              config.traces,
              { name: 'lookout-worker', instance: worker },
              (words) => {
                log.warn({}, `traces cannot be exported: ${words}`);
              },
            ),
          inject: [PinoLogger],
        },
        RedisWatch,
        RosterBeat,
        FrameBell,
        FrameInspection,
        Settlement,
        InferenceLoop,
        FrameJournal,
        WorkerProcess,
      ],
    };
  }
}
