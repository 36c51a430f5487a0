import { Module } from '@nestjs/common';
import { DetectionsModule } from '../detections/detections.module.ts';
import { ModelsController } from './models.controller.ts';
import { ModelsService } from './models.service.ts';

/** What the detector can be told to look with. */
@Module({
  imports: [DetectionsModule],
  controllers: [ModelsController],
  providers: [ModelsService],
  exports: [ModelsService],
})
export class ModelsModule {}
