import { Module } from '@nestjs/common';
import { CamerasModule } from '../cameras/cameras.module.ts';
import { ModelsModule } from '../models/models.module.ts';
import { SourcesModule } from '../sources/sources.module.ts';
import { ImportService } from './import.service.ts';
import { TransferController } from './transfer.controller.ts';

/** All cameras as one file, and back. */
@Module({
  imports: [CamerasModule, ModelsModule, SourcesModule],
  controllers: [TransferController],
  providers: [ImportService],
})
export class TransferModule {}
