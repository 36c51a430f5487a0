import { Controller, Get, ServiceUnavailableException } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { OpenToAll } from '../access/open-to-all.ts';
import { WorkerWatch } from '../detections/worker-watch.ts';
import { describe } from '../openapi/describe.ts';
import { named } from '../openapi/schemas.ts';
import { DatabaseHealth } from './database-health.ts';
import { OptionalParts } from './optional-parts.ts';

const healthSchema = z.strictObject({ status: z.literal('ok') });
const readinessSchema = z.strictObject({
  status: z.literal('ready'),
  /** What is away without which REST and the live view go on: `redis`, `workers`, or a part by name. */
  degraded: z.array(z.string()),
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
    private readonly parts: OptionalParts,
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
    const troubled = this.parts.read().filter(({ trouble }) => trouble !== null);
    return [...this.#detector(), ...troubled.map(({ name }) => name)];
  }

  #detector(): string[] {
    const { away, workers } = this.workers.known;
    if (away !== null) return ['redis'];
    return workers.length === 0 ? ['workers'] : [];
  }
}
