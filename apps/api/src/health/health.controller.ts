import { Controller, Get, ServiceUnavailableException } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { OpenToAll } from '../access/open-to-all.ts';
import { WorkerWatch } from '../detections/worker-watch.ts';
import { describe } from '../openapi/describe.ts';
import { named } from '../openapi/schemas.ts';
import { DatabaseHealth } from './database-health.ts';

const healthSchema = z.strictObject({ status: z.literal('ok') });
const readinessSchema = z.strictObject({
  status: z.literal('ready'),
  /** What is away without which REST and the live view go on. */
  degraded: z.array(z.enum(['redis', 'workers'])),
});

type Readiness = z.infer<typeof readinessSchema>;

/** For whoever keeps Lookout running; without the prefix of the REST interface. */
@ApiTags('health')
@OpenToAll()
@Controller()
export class HealthController {
  constructor(
    private readonly database: DatabaseHealth,
    private readonly workers: WorkerWatch,
  ) {}

  @Get('healthz')
  @describe({
    summary: 'Whether the process answers',
    answers: { 200: { description: 'It does', schema: named('Health', healthSchema) } },
  })
  health(): z.infer<typeof healthSchema> {
    return { status: 'ok' };
  }

  @Get('readyz')
  @describe({
    summary: 'Whether REST and live view can serve',
    answers: {
      200: {
        description: 'They can; `degraded` names what is away',
        schema: named('Readiness', readinessSchema),
      },
      503: { description: 'They cannot', type: 'application/problem+json' },
    },
  })
  async readiness(): Promise<Readiness> {
    const { state } = await this.database.read();
    if (state === 'failed') throw new ServiceUnavailableException('The database does not answer');
    return { status: 'ready', degraded: this.#degraded() };
  }

  #degraded(): Readiness['degraded'] {
    const { away, workers } = this.workers.known;
    if (away !== null) return ['redis'];
    return workers.length === 0 ? ['workers'] : [];
  }
}
