import { type CameraStatus, cameraStatusSchema } from '@lookout/contracts';
import { Controller, Get, NotFoundException, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Needs } from '../access/rights.ts';
import { describe } from '../openapi/describe.ts';
import { named } from '../openapi/schemas.ts';
import { CameraStatuses } from './camera-statuses.ts';

@ApiTags('cameras')
@Needs({ cameras: 'one' })
@Controller('cameras/:id/status')
export class StatusController {
  constructor(private readonly statuses: CameraStatuses) {}

  @Get()
  @describe({
    summary: 'How a camera is doing now',
    answers: {
      200: {
        description: 'State, rates, ages, books and freshness',
        schema: named('CameraStatus', cameraStatusSchema),
      },
    },
  })
  async status(@Param('id') id: string): Promise<CameraStatus> {
    const status = await this.statuses.read(id);
    if (status === null) throw new NotFoundException(`There is no camera "${id}"`);
    return status;
  }
}
