import { Module } from '@nestjs/common';
import { CamerasModule } from '../cameras/cameras.module.ts';
import { SourcesModule } from '../sources/sources.module.ts';
import { ProbeController } from './probe.controller.ts';
import { ProbeService } from './probe.service.ts';

/** A look at a source before it becomes a camera. */
@Module({
  imports: [SourcesModule, CamerasModule],
  controllers: [ProbeController],
  providers: [ProbeService],
})
export class ProbeModule {}
