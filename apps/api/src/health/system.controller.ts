import { type System, systemSchema } from '@lookout/contracts';
import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { WorkerWatch } from '../detections/worker-watch.ts';
import { describe } from '../openapi/describe.ts';
import { named } from '../openapi/schemas.ts';
import { SupervisorLink } from '../supervisor-link.ts';
import { VERSION } from '../tokens.ts';
import { DatabaseHealth } from './database-health.ts';
import { OptionalParts } from './optional-parts.ts';
import { RedisHealth } from './redis-health.ts';

@ApiTags('system')
@Controller('system')
export class SystemController {
  constructor(
    private readonly supervisor: SupervisorLink,
    private readonly workers: WorkerWatch,
    private readonly redis: RedisHealth,
    private readonly database: DatabaseHealth,
    private readonly parts: OptionalParts,
    @Inject(VERSION) private readonly version: string,
  ) {}

  @Get()
  @describe({
    summary: 'What runs, where, and how often it had to be started again',
    answers: {
      200: {
        description: 'Processes, workers, Redis, database and other parts',
        schema: named('System', systemSchema),
      },
    },
  })
  async system(): Promise<System> {
    const uptimeSeconds = process.uptime();
    const [redis, database] = await Promise.all([
      this.redis.read(),
      this.database.read(),
      this.workers.ask(),
    ]);
    const { workers } = this.workers.known;
    return {
      version: this.version,
      startedAt: new Date(Date.now() - uptimeSeconds * 1000).toISOString(),
      uptimeSeconds,
      processes: [...this.supervisor.processes()],
      workers: workers === null ? null : [...workers],
      redis,
      database,
      parts: this.parts.read(),
    };
  }
}
