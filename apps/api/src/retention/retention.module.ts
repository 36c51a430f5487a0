import type { Config } from '@lookout/config';
import type { Clock } from '@lookout/timing';
import { Module } from '@nestjs/common';
import { Counter, Gauge } from 'prom-client';
import { EventPictures } from '../events/event-pictures.ts';
import { EventsModule } from '../events/events.module.ts';
import { JobsModule } from '../jobs/jobs.module.ts';
import { Metrics } from '../status/metrics.ts';
import { WatchModule } from '../status/watch.module.ts';
import { CLOCK, CONFIG } from '../tokens.ts';
import { EventRetention } from './event-retention.ts';
import { KEPT_EVENTS_REPOSITORY, type KeptEventsRepository } from './kept-events.repository.ts';
import { RetentionSchedule } from './retention-schedule.ts';
import { RetentionController } from './retention.controller.ts';

/** How long events are kept. */
@Module({
  imports: [EventsModule, JobsModule, WatchModule],
  controllers: [RetentionController],
  providers: [
    {
      provide: EventRetention,
      useFactory: (
        events: KeptEventsRepository,
        pictures: EventPictures,
        { eventDays: days, eventDiskBytes: diskBytes }: Config,
        clock: Clock,
      ) => new EventRetention({ events, pictures, rules: { days, diskBytes }, clock }),
      inject: [KEPT_EVENTS_REPOSITORY, EventPictures, CONFIG, CLOCK],
    },
    RetentionSchedule,
  ],
})
export class RetentionModule {
  constructor(retention: EventRetention, { registry }: Metrics) {
    new Counter({
      name: 'lookout_events_deleted_total',
      help: 'Events deleted because they were too old, or too many for the disk',
      labelNames: ['reason'],
      registers: [registry],
      collect() {
        this.reset();
        for (const [reason, count] of Object.entries(retention.counts.events)) {
          this.inc({ reason }, count);
        }
      },
    });
    new Counter({
      name: 'lookout_orphan_pictures_deleted_total',
      help: 'Files among the pictures of events that belonged to none',
      registers: [registry],
      collect() {
        this.reset();
        this.inc(retention.counts.orphans);
      },
    });
    new Gauge({
      name: 'lookout_event_disk_bytes',
      help: 'What events took with their pictures when retention was last at work; absent before',
      registers: [registry],
      collect() {
        const { usedBytes } = retention.counts;
        if (usedBytes === null) this.remove({});
        else this.set(usedBytes);
      },
    });
  }
}
