import { Module } from '@nestjs/common';
import { CaptureModule } from '../capture/capture.module.ts';
import { DetectionsModule } from '../detections/detections.module.ts';
import { HealthModule } from '../health/health.module.ts';
import { LiveModule } from '../live/live.module.ts';
import { WatchModule } from '../status/watch.module.ts';
import { ArrivalWatch } from './arrival-watch.ts';
import { CameraExaminer } from './camera-examiner.ts';
import { DiskMeter } from './disk-meter.ts';
import { DoctorController } from './doctor.controller.ts';
import { DoctorService } from './doctor.service.ts';
import { RedisMeter } from './redis-meter.ts';
import { Tallies } from './tallies.ts';

/** Which part limits each camera now. */
@Module({
  imports: [CaptureModule, WatchModule, DetectionsModule, LiveModule, HealthModule],
  controllers: [DoctorController],
  providers: [ArrivalWatch, Tallies, CameraExaminer, RedisMeter, DiskMeter, DoctorService],
})
export class DoctorModule {}
