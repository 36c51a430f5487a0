import { type Retention, retentionSchema } from '@lookout/contracts';
import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Needs } from '../access/rights.ts';
import { describe } from '../openapi/describe.ts';
import { named } from '../openapi/schemas.ts';
import { EventRetention } from './event-retention.ts';
import { RetentionSchedule } from './retention-schedule.ts';

@ApiTags('events')
@Needs({ role: 'admin' })
@Controller('events/retention')
export class RetentionController {
  constructor(
    private readonly retention: EventRetention,
    private readonly schedule: RetentionSchedule,
  ) {}

  @Get()
  @describe({
    summary: 'How long events are kept, which go next, and what went',
    answers: {
      200: { description: 'Retention', schema: named('Retention', retentionSchema) },
    },
  })
  async read(): Promise<Retention> {
    return this.retention.read(await this.schedule.next());
  }
}
