import { Controller, Get, NotFoundException, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Needs } from '../access/rights.ts';
import { describe } from '../openapi/describe.ts';
import { named } from '../openapi/schemas.ts';
import { CameraWatch } from '../status/camera-watch.ts';
import { DetectionBoard } from './detection-board.ts';
import { type LatestDetections, latestDetectionsSchema } from './latest-detections.ts';

@ApiTags('cameras')
@Needs({ cameras: 'one' })
@Controller('cameras/:id/detections')
export class DetectionsController {
  constructor(
    private readonly watch: CameraWatch,
    private readonly board: DetectionBoard,
  ) {}

  @Get('latest')
  @describe({
    summary: 'The newest result of a camera, and how far to trust it',
    answers: {
      200: {
        description: 'The newest result with its freshness; `detections` is null before the first',
        schema: named('LatestDetections', latestDetectionsSchema),
      },
    },
  })
  latest(@Param('id') id: string): LatestDetections {
    const watched = this.watch.get(id);
    if (watched === undefined) throw new NotFoundException(`There is no camera "${id}"`);
    const verdict = this.board.freshness(watched);
    const shown = this.board.newest(id);
    if (shown === null) return { cameraId: id, ...verdict, detections: null };
    return { ...shown.result, ...verdict };
  }
}
