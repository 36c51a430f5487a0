import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import { readConfig } from '@lookout/config';
import { LIVE_NAMESPACE, type LiveEvents, type ViewerEvents } from '@lookout/contracts';
import { MemoryDetectionFeed } from '@lookout/detection-feed';
import { DETECTOR_GROUP, MemoryFrameMailbox, MemoryWorkerRoster } from '@lookout/frame-mailbox';
import { ManualClock } from '@lookout/timing';
import { Global, Logger, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { Redis } from 'ioredis';
import type { Server, ServerOptions } from 'socket.io';
import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';
import { AccessModule } from '../access/access.module.ts';
import { AUDIT_REPOSITORY } from '../audit/audit.repository.ts';
import { FrameFanOut } from '../capture/frame-fan-out.ts';
import { CREDENTIALS_REPOSITORY } from '../access/credentials.repository.ts';
import { CAMERAS_REPOSITORY } from '../cameras/cameras.repository.ts';
import { EPOCHS } from '../capture/epochs.ts';
import { HealthModule } from '../health/health.module.ts';
import { ProblemFilter } from '../http/problem-filter.ts';
import { Metrics } from '../status/metrics.ts';
import { sampleCamera } from '../status/samples.ts';
import { StatusModule } from '../status/status.module.ts';
import { SupervisorLink } from '../supervisor-link.ts';
import * as tokens from '../tokens.ts';
import { AnsweringDatabase, MemoryCredentials, UnreadAudit } from './memory-repositories.ts';
import { LiveModule } from './live.module.ts';

/** Keeps hold of the server of sockets. */
class KnownServer extends IoAdapter {
  server: Server | undefined;

  override createIOServer(port: number, options?: Partial<ServerOptions>): Server {
    this.server = super.createIOServer(port, options as ServerOptions);
    return this.server;
  }
}

export type LiveClient = Socket<LiveEvents, ViewerEvents>;

const TOKEN = 'a-token-for-tests-of-the-live-view';

/** The api's live side on engines in memory and a clock that stands still, at a real port. */
export async function openLiveStand(otherConsumers: readonly string[] = []) {
  const clock = new ManualClock();
  const roster = new MemoryWorkerRoster(clock);
  const mailbox = new MemoryFrameMailbox(clock, roster);
  const feed = new MemoryDetectionFeed();
  const database = new AnsweringDatabase();
  const credentials = new MemoryCredentials();
  const config = readConfig({ LOOKOUT_ADMIN_TOKEN: TOKEN });
  // Nothing here asks Redis itself but `GET /system`, which must bear its absence.
  const redis = { info: () => Promise.reject(new Error('away')) } as Partial<Redis>;

  const engines = [
    { provide: tokens.CONFIG, useValue: config },
    { provide: tokens.VERSION, useValue: '1.2.3' },
    { provide: tokens.CLOCK, useValue: clock },
    { provide: tokens.HOST_ID, useValue: 'here' },
    { provide: tokens.CONSUMERS, useValue: [DETECTOR_GROUP, ...otherConsumers] },
    { provide: tokens.FRAME_MAILBOX, useValue: mailbox },
    { provide: tokens.WORKER_ROSTER, useValue: roster },
    { provide: tokens.DETECTION_FEED, useValue: feed },
    { provide: tokens.REDIS, useValue: redis },
    { provide: CREDENTIALS_REPOSITORY, useValue: credentials },
    { provide: AUDIT_REPOSITORY, useValue: new UnreadAudit() },
    { provide: CAMERAS_REPOSITORY, useValue: database },
    // Tests hand frames to the fan-out themselves: nothing is captured.
    { provide: EPOCHS, useValue: {} },
    SupervisorLink,
  ];
  @Global()
  @Module({ providers: engines, exports: engines })
  class Engines {}
  @Module({
    imports: [Engines, AccessModule, LiveModule, StatusModule, HealthModule],
  })
  class Stand {}

  Logger.overrideLogger(false);
  const app = await NestFactory.create<NestExpressApplication>(Stand);
  const adapter = new KnownServer(app);
  app.useWebSocketAdapter(adapter);
  app.useGlobalFilters(new ProblemFilter());
  await app.listen(0, '127.0.0.1');
  const { port } = (app.getHttpServer() as { address(): AddressInfo }).address();
  const url = `http://127.0.0.1:${String(port)}`;
  const clients = new Set<LiveClient>();

  const connect = (options: Partial<ManagerOptions & SocketOptions> = {}): LiveClient => {
    const client: LiveClient = io(`${url}${LIVE_NAMESPACE}`, {
      auth: { token: TOKEN },
      forceNew: true,
      reconnection: false,
      ...options,
    });
    clients.add(client);
    return client;
  };
  return {
    app,
    clock,
    roster,
    mailbox,
    feed,
    database,
    credentials,
    url,
    connect,
    fanOut: app.get(FrameFanOut),
    metrics: app.get(Metrics),
    fetch: (path: string) =>
      fetch(`${url}${path}`, { headers: { authorization: `Bearer ${TOKEN}` } }),
    /** The server's ends of the clients' sockets. */
    sockets: () => [...(adapter.server?.of(LIVE_NAMESPACE).sockets.values() ?? [])],
    /** Adds a camera that is live. */
    addCamera(camera = sampleCamera()) {
      const fanOut = app.get(FrameFanOut);
      fanOut.cameraAdded(camera);
      fanOut.captureState(camera.id, { state: 'live', since: clock.now(), reason: null });
      return camera;
    },
    async close() {
      for (const client of clients) client.disconnect();
      await app.close();
    },
  };
}
