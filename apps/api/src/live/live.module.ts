import { Module } from '@nestjs/common';

/** Frames and detections on their way to viewers. */
@Module({})
export class LiveModule {}
