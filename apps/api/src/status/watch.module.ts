import { Module } from '@nestjs/common';
import { CaptureModule } from '../capture/capture.module.ts';
import { CameraWatch } from './camera-watch.ts';
import { Metrics } from './metrics.ts';

/** What is known and measured of every camera. */
@Module({
  imports: [CaptureModule],
  providers: [CameraWatch, Metrics],
  exports: [CameraWatch, Metrics],
})
export class WatchModule {}
