import { Module } from '@nestjs/common';
import { CaptureModule } from '../capture/capture.module.ts';
import { ModelsModule } from '../models/models.module.ts';
import { SourcesModule } from '../sources/sources.module.ts';
import { CamerasController } from './cameras.controller.ts';
import { CamerasService } from './cameras.service.ts';

/** Cameras as operators and programs see them. */
@Module({
  imports: [CaptureModule, ModelsModule, SourcesModule],
  controllers: [CamerasController],
  providers: [CamerasService],
  exports: [CamerasService],
})
export class CamerasModule {}
