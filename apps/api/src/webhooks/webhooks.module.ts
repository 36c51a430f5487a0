import type { Clock } from '@lookout/timing';
import { Module } from '@nestjs/common';
import { CaptureModule } from '../capture/capture.module.ts';
import { FrameFanOut } from '../capture/frame-fan-out.ts';
import { DetectionBoard } from '../detections/detection-board.ts';
import { DetectionsModule } from '../detections/detections.module.ts';
import { EventRecorder } from '../events/event-recorder.ts';
import { EventsModule } from '../events/events.module.ts';
import { JobQueues } from '../jobs/job-queues.ts';
import { JobsModule } from '../jobs/jobs.module.ts';
import { AddressRules } from '../sources/address-rules.ts';
import { guardedLookup } from '../sources/guarded-lookup.ts';
import { HostNames } from '../sources/host-names.ts';
import { SourcesModule } from '../sources/sources.module.ts';
import { CameraWatch } from '../status/camera-watch.ts';
import { WatchModule } from '../status/watch.module.ts';
import { CLOCK, VERSION } from '../tokens.ts';
import { Courier } from './courier.ts';
import { HttpSender } from './http-sender.ts';
import { DELETED_CAMERAS, type DeletedCameras } from './deleted-cameras.ts';
import { OUTBOX, type Outbox } from './outbox.ts';
import { OutboxFeeder } from './outbox-feeder.ts';
import { RETRIES, RETRY_POLICY, type RetryPolicy } from './retry-policy.ts';
import { StateTeller } from './state-teller.ts';
import { WebhooksController } from './webhooks.controller.ts';
import { WebhooksLife } from './webhooks-life.ts';
import { WebhooksService } from './webhooks.service.ts';

type CourierParts = [Outbox, JobQueues, OutboxFeeder, HttpSender, RetryPolicy, Clock];
type TellerParts = [
  ...[FrameFanOut, CameraWatch, DetectionBoard, EventRecorder],
  ...[Outbox, DeletedCameras, OutboxFeeder, Clock],
];

/** From what happens to whoever asked to be told: kept, queued, signed and sent. */
@Module({
  imports: [
    ...[CaptureModule, WatchModule, DetectionsModule, EventsModule],
    ...[JobsModule, SourcesModule],
  ],
  controllers: [WebhooksController],
  providers: [
    { provide: RETRIES, useValue: RETRY_POLICY },
    {
      provide: HttpSender,
      useFactory: (rules: AddressRules, names: HostNames, version: string) =>
        new HttpSender({
          rules,
          lookup: guardedLookup(rules, names),
          userAgent: `Lookout/${version}`,
        }),
      inject: [AddressRules, HostNames, VERSION],
    },
    {
      provide: OutboxFeeder,
      useFactory: (outbox: Outbox, queues: JobQueues, policy: RetryPolicy, clock: Clock) =>
        new OutboxFeeder({ outbox, queues, policy, clock }),
      inject: [OUTBOX, JobQueues, RETRIES, CLOCK],
    },
    {
      provide: Courier,
      useFactory: (...[outbox, queues, feeder, sender, policy, clock]: CourierParts) =>
        new Courier({ outbox, queues, feeder, sender, policy, clock, chance: Math.random }),
      inject: [OUTBOX, JobQueues, OutboxFeeder, HttpSender, RETRIES, CLOCK],
    },
    {
      provide: StateTeller,
      useFactory: (
        ...[fanOut, watch, board, recorder, outbox, deleted, feeder, clock]: TellerParts
      ) => new StateTeller({ fanOut, watch, board, recorder, outbox, deleted, feeder, clock }),
      inject: [
        ...[FrameFanOut, CameraWatch, DetectionBoard, EventRecorder],
        ...[OUTBOX, DELETED_CAMERAS, OutboxFeeder, CLOCK],
      ],
    },
    WebhooksService,
    WebhooksLife,
  ],
})
export class WebhooksModule {
  constructor(recorder: EventRecorder, feeder: OutboxFeeder) {
    recorder.onTurn(() => {
      feeder.feedSoon();
    });
  }
}
