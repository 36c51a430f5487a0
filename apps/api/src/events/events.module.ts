import { join } from 'node:path';
import type { Config } from '@lookout/config';
import type { DetectionFeed } from '@lookout/detection-feed';
import type { Clock } from '@lookout/timing';
import { Module } from '@nestjs/common';
import { CaptureModule } from '../capture/capture.module.ts';
import { FrameFanOut } from '../capture/frame-fan-out.ts';
import { DetectionBoard } from '../detections/detection-board.ts';
import { DetectionsModule } from '../detections/detections.module.ts';
import { HealthModule } from '../health/health.module.ts';
import { OptionalParts } from '../health/optional-parts.ts';
import { LiveModule } from '../live/live.module.ts';
import { CameraWatch } from '../status/camera-watch.ts';
import { WatchModule } from '../status/watch.module.ts';
import { CLOCK, CONFIG, DETECTION_FEED } from '../tokens.ts';
import { EventAnnouncer } from './event-announcer.ts';
import { EventPictures } from './event-pictures.ts';
import { EventRecorder } from './event-recorder.ts';
import { EventsController } from './events.controller.ts';
import { EVENTS_REPOSITORY, type EventsRepository } from './events.repository.ts';
import { EventsService } from './events.service.ts';

type Parts = [
  FrameFanOut,
  CameraWatch,
  DetectionBoard,
  EventPictures,
  EventsRepository,
  DetectionFeed,
  Clock,
];

/** From results to what happened: kept, shown and told. */
@Module({
  imports: [CaptureModule, WatchModule, DetectionsModule, LiveModule, HealthModule],
  controllers: [EventsController],
  providers: [
    {
      provide: EventPictures,
      useFactory: ({ dataDir }: Config) => new EventPictures(join(dataDir, 'events')),
      inject: [CONFIG],
    },
    {
      provide: EventRecorder,
      useFactory: (...[fanOut, watch, board, pictures, repository, feed, clock]: Parts) =>
        new EventRecorder({ fanOut, watch, board, pictures, repository, feed, clock }),
      inject: [
        ...[FrameFanOut, CameraWatch, DetectionBoard, EventPictures],
        ...[EVENTS_REPOSITORY, DETECTION_FEED, CLOCK],
      ],
    },
    EventsService,
    EventAnnouncer,
  ],
  exports: [EventRecorder, EventPictures],
})
export class EventsModule {
  constructor(recorder: EventRecorder, parts: OptionalParts) {
    parts.add('events', () => recorder.trouble);
  }
}
