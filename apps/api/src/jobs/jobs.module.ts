import { Module } from '@nestjs/common';
import { WatchModule } from '../status/watch.module.ts';
import { JobQueues } from './job-queues.ts';
import { QueueHistory } from './queue-history.ts';
import { QueuesController } from './queues.controller.ts';

/** Work that must not be lost: queues, their workers, and how they are doing. */
@Module({
  imports: [WatchModule],
  controllers: [QueuesController],
  providers: [JobQueues, QueueHistory],
  exports: [JobQueues],
})
export class JobsModule {}
