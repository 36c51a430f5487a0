import { Module } from '@nestjs/common';
import { FrameFanOut } from './frame-fan-out.ts';

/** Cameras into frames. */
@Module({ providers: [FrameFanOut], exports: [FrameFanOut] })
export class CaptureModule {}
