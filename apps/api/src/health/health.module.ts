import { Module } from '@nestjs/common';

/** How Lookout itself is doing. */
@Module({})
export class HealthModule {}
