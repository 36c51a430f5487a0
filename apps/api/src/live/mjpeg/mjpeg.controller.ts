import { Controller, Get, NotFoundException, Param, Query, Res } from '@nestjs/common';
import { ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { TokenInAddress } from '../../access/open-to-all.ts';
import { Needs } from '../../access/rights.ts';
import { FrameFanOut } from '../../capture/frame-fan-out.ts';
import { ZodPipe } from '../../http/zod-pipe.ts';
import { describe } from '../../openapi/describe.ts';
import { CameraWatch } from '../../status/camera-watch.ts';
import { Metrics } from '../../status/metrics.ts';
import { BOUNDARY, MjpegClient } from './mjpeg-client.ts';

const querySchema = z.strictObject({
  fps: z.coerce.number().min(0.1).max(60).optional(),
  token: z.string().optional(),
});

@ApiTags('cameras')
@Controller('cameras/:id/stream.mjpeg')
export class MjpegController {
  constructor(
    private readonly watch: CameraWatch,
    private readonly fanOut: FrameFanOut,
    private readonly metrics: Metrics,
  ) {}

  @Get()
  @TokenInAddress()
  @Needs({ cameras: 'one' })
  @ApiQuery({
    name: 'fps',
    required: false,
    schema: { type: 'number', minimum: 0.1, maximum: 60 },
  })
  @describe({
    summary: 'The live picture as MJPEG, for players and home automation; ends with the camera',
    answers: {
      200: { description: 'JPEGs without an end', type: 'multipart/x-mixed-replace' },
      404: { description: 'There is no such camera' },
    },
  })
  stream(
    @Param('id') id: string,
    @Query(new ZodPipe(querySchema)) { fps }: z.output<typeof querySchema>,
    @Res() response: Response,
  ): void {
    const watched = this.watch.get(id);
    if (watched === undefined) throw new NotFoundException(`There is no camera "${id}"`);
    response.setHeader('Content-Type', `multipart/x-mixed-replace; boundary=${BOUNDARY}`);
    response.setHeader('Cache-Control', 'no-store');
    // Small parts go out at once rather than waiting for more.
    response.socket?.setNoDelay(true);
    response.flushHeaders();
    const client = new MjpegClient(response, fps, () => {
      this.metrics.viewerDropped.inc({ camera: id });
    });
    const stop = this.fanOut.listen({
      live: (frame) => {
        if (frame.cameraId === id) client.offer(frame);
      },
      cameraRemoved: (removed) => {
        if (removed === id) response.end(() => response.destroy());
      },
    });
    response.on('close', stop);
    if (watched.capture.state === 'live' && watched.newestFrame !== null) {
      client.offer(watched.newestFrame);
    }
  }
}
