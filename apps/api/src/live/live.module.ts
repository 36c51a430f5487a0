import { Module } from '@nestjs/common';
import { CaptureModule } from '../capture/capture.module.ts';
import { DetectionsModule } from '../detections/detections.module.ts';
import { StatusModule } from '../status/status.module.ts';
import { WatchModule } from '../status/watch.module.ts';
import { Audience } from './audience.ts';
import { FrameLedger } from './frame-ledger.ts';
import { LiveGateway } from './live.gateway.ts';
import { MjpegController } from './mjpeg/mjpeg.controller.ts';
import { SnapshotController } from './snapshot/snapshot.controller.ts';
import { Snapshots } from './snapshot/snapshots.ts';
import { Turnstile } from './turnstile.ts';
import { ViewerPaces } from './viewer-paces.ts';

/** Frames and detections on their way to viewers. */
@Module({
  imports: [CaptureModule, WatchModule, DetectionsModule, StatusModule],
  controllers: [MjpegController, SnapshotController],
  providers: [Audience, FrameLedger, ViewerPaces, Turnstile, LiveGateway, Snapshots],
  exports: [Audience, ViewerPaces],
})
export class LiveModule {}
