import { Module } from '@nestjs/common';
import { DetectionsModule } from '../detections/detections.module.ts';
import { WatchModule } from '../status/watch.module.ts';
import { DatabaseHealth } from './database-health.ts';
import { HealthController } from './health.controller.ts';
import { MetricsController } from './metrics.controller.ts';
import { OptionalParts } from './optional-parts.ts';
import { RedisHealth } from './redis-health.ts';
import { SystemController } from './system.controller.ts';

/** How Lookout itself is doing. */
@Module({
  imports: [WatchModule, DetectionsModule],
  controllers: [HealthController, SystemController, MetricsController],
  providers: [RedisHealth, DatabaseHealth, OptionalParts],
  exports: [DatabaseHealth, OptionalParts],
})
export class HealthModule {}
