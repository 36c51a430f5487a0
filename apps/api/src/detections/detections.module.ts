import { Module } from '@nestjs/common';
import { CaptureModule } from '../capture/capture.module.ts';
import { WatchModule } from '../status/watch.module.ts';
import { TelemetryModule } from '../telemetry/telemetry.module.ts';
import { BooksWatch } from './books-watch.ts';
import { DetectionBoard } from './detection-board.ts';
import { DetectionsController } from './detections.controller.ts';
import { FrameOffer } from './frame-offer.ts';
import { MailboxRegistrar } from './mailbox-registrar.ts';
import { WorkerWatch } from './worker-watch.ts';

/** Frames on their way to the detector, and what it saw in them. */
@Module({
  imports: [CaptureModule, WatchModule, TelemetryModule],
  controllers: [DetectionsController],
  providers: [MailboxRegistrar, FrameOffer, WorkerWatch, BooksWatch, DetectionBoard],
  exports: [WorkerWatch, BooksWatch, DetectionBoard],
})
export class DetectionsModule {}
