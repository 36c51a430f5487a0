import { Module } from '@nestjs/common';
import { CaptureLog } from './capture-log.ts';
import { CaptureService } from './capture.service.ts';
import { FfmpegFrameSource } from './ffmpeg-frame-source.ts';
import { FrameFanOut } from './frame-fan-out.ts';
import { FRAME_SOURCE } from './frame-source.ts';
import { MediaFiles } from './media-files.ts';

/** Cameras into frames. */
@Module({
  providers: [
    FrameFanOut,
    CaptureLog,
    CaptureService,
    MediaFiles,
    { provide: FRAME_SOURCE, useClass: FfmpegFrameSource },
  ],
  exports: [FrameFanOut, CaptureService, MediaFiles],
})
export class CaptureModule {}
