import { Module } from '@nestjs/common';
import { CaptureModule } from '../capture/capture.module.ts';
import { CamerasService } from './cameras.service.ts';

/** Cameras as operators and programs see them. */
@Module({ imports: [CaptureModule], providers: [CamerasService], exports: [CamerasService] })
export class CamerasModule {}
