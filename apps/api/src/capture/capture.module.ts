import { Module } from '@nestjs/common';
import { CaptureLog } from './capture-log.ts';
import { CaptureService } from './capture.service.ts';
import { FfmpegFrameSource } from './ffmpeg-frame-source.ts';
import { FrameFanOut } from './frame-fan-out.ts';
import { FRAME_SOURCE } from './frame-source.ts';
import { SourcesModule } from '../sources/sources.module.ts';

/** Cameras into frames. */
@Module({
  imports: [SourcesModule],
  providers: [
    FrameFanOut,
    CaptureLog,
    CaptureService,
    { provide: FRAME_SOURCE, useClass: FfmpegFrameSource },
  ],
  exports: [FrameFanOut, CaptureService],
})
export class CaptureModule {}
