import { type JobQueue, jobQueueSchema } from '@lookout/contracts';
import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Needs } from '../access/rights.ts';
import { describe } from '../openapi/describe.ts';
import { named } from '../openapi/schemas.ts';
import { QueueHistory } from './queue-history.ts';

@ApiTags('system')
@Needs({ role: 'admin' })
@Controller('system/queues')
export class QueuesController {
  constructor(private readonly history: QueueHistory) {}

  @Get()
  @describe({
    summary: 'Queues of work that must not be lost, and how they did over the last minutes',
    answers: {
      200: { description: 'The queues', schema: named('JobQueues', z.array(jobQueueSchema)) },
    },
  })
  list(): Promise<JobQueue[]> {
    return this.history.read();
  }
}
