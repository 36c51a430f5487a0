import { Module } from '@nestjs/common';
import { CaptureModule } from '../capture/capture.module.ts';
import { CamerasController } from './cameras.controller.ts';
import { CamerasService } from './cameras.service.ts';

/** Cameras as operators and programs see them. */
@Module({
  imports: [CaptureModule],
  controllers: [CamerasController],
  providers: [CamerasService],
  exports: [CamerasService],
})
export class CamerasModule {}
