import { Module } from '@nestjs/common';
import { DetectionsModule } from '../detections/detections.module.ts';
import { CameraStatuses } from './camera-statuses.ts';
import { StatusController } from './status.controller.ts';
import { WatchModule } from './watch.module.ts';

/** How each camera is doing. */
@Module({
  imports: [WatchModule, DetectionsModule],
  controllers: [StatusController],
  providers: [CameraStatuses],
  exports: [CameraStatuses],
})
export class StatusModule {}
