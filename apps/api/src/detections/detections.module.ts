import { Module } from '@nestjs/common';

/** Frames on their way to the detector, and what it saw in them. */
@Module({})
export class DetectionsModule {}
