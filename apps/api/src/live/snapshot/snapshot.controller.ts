import {
  Controller,
  Get,
  NotFoundException,
  Param,
  Query,
  Res,
  ServiceUnavailableException,
} from '@nestjs/common';
import { ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { TokenInAddress } from '../../access/open-to-all.ts';
import { Needs } from '../../access/rights.ts';
import { ZodPipe } from '../../http/zod-pipe.ts';
import { describe } from '../../openapi/describe.ts';
import { CameraWatch } from '../../status/camera-watch.ts';
import { Snapshots } from './snapshots.ts';

const querySchema = z.strictObject({
  annotated: z.stringbool({ truthy: ['true'], falsy: ['false'] }).default(false),
  token: z.string().optional(),
});

@ApiTags('cameras')
@Needs({ cameras: 'one' })
@Controller('cameras/:id/snapshot.jpg')
export class SnapshotController {
  constructor(
    private readonly watch: CameraWatch,
    private readonly snapshots: Snapshots,
  ) {}

  @Get()
  @TokenInAddress()
  @ApiQuery({ name: 'annotated', required: false, schema: { type: 'boolean', default: false } })
  @describe({
    summary: 'The newest frame, or the newest inferred one with its boxes drawn',
    answers: {
      200: { description: 'The picture; headers name its frame', type: 'image/jpeg' },
      503: { description: 'There is none fresh', type: 'application/problem+json' },
    },
  })
  async snapshot(
    @Param('id') id: string,
    @Query(new ZodPipe(querySchema)) { annotated }: z.output<typeof querySchema>,
    @Res() response: Response,
  ): Promise<void> {
    const watched = this.watch.get(id);
    if (watched === undefined) throw new NotFoundException(`There is no camera "${id}"`);
    const snapshot = annotated
      ? await this.snapshots.annotated(watched)
      : this.snapshots.newest(watched);
    if (typeof snapshot === 'string') throw new ServiceUnavailableException(snapshot);
    const { frame, jpeg } = snapshot;
    response.setHeader('Content-Type', 'image/jpeg');
    response.setHeader('Content-Length', jpeg.byteLength);
    response.setHeader('Cache-Control', 'no-store');
    response.setHeader('X-Frame-Epoch', frame.epoch);
    response.setHeader('X-Frame-Sequence', frame.sequence);
    response.setHeader('X-Frame-Captured-At', frame.capturedAt);
    response.end(jpeg);
  }
}
