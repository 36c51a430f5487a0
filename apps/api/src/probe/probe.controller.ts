import {
  type ProbeRequest,
  probeRequestSchema,
  type ProbeResult,
  probeResultSchema,
} from '@lookout/contracts';
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Needs } from '../access/rights.ts';
import { CamerasService } from '../cameras/cameras.service.ts';
import { ZodPipe } from '../http/zod-pipe.ts';
import { describe } from '../openapi/describe.ts';
import { named } from '../openapi/schemas.ts';
import { ProbeService } from './probe.service.ts';

@ApiTags('cameras')
@Controller('cameras/probe')
export class ProbeController {
  constructor(
    private readonly probes: ProbeService,
    private readonly cameras: CamerasService,
  ) {}

  @Post()
  @HttpCode(200)
  @Needs({ role: 'operator', cameras: 'in-body' })
  @describe({
    summary:
      'Look at a source for a few seconds, without making or changing a camera; answers within 10 s',
    body: named('ProbeRequest', probeRequestSchema),
    example: { source: { type: 'test' } },
    answers: {
      200: {
        description: 'What it shows, or why it shows nothing',
        schema: named('ProbeResult', probeResultSchema),
      },
      404: { description: 'There is no camera of the id cameraId' },
      429: { description: 'Other sources are being looked at', type: 'application/problem+json' },
    },
  })
  async probe(
    @Body(new ZodPipe(probeRequestSchema)) { source, cameraId }: ProbeRequest,
  ): Promise<ProbeResult> {
    const camera = cameraId === undefined ? undefined : await this.cameras.get(cameraId);
    return this.probes.probe(source, camera?.source);
  }
}
