import { DETECTOR_GROUP } from '@lookout/frame-mailbox';
import type { GroupBooks } from '@lookout/contracts';
import { Controller, Get, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { BooksWatch } from '../detections/books-watch.ts';
import { describe } from '../openapi/describe.ts';
import { CameraWatch } from '../status/camera-watch.ts';
import { Metrics } from '../status/metrics.ts';

@ApiTags('health')
@Controller('metrics')
export class MetricsController {
  constructor(
    private readonly metrics: Metrics,
    private readonly cameras: CameraWatch,
    private readonly books: BooksWatch,
  ) {}

  @Get()
  @describe({
    summary: 'Measurements for Prometheus',
    answers: { 200: { description: 'Prometheus text', type: 'text/plain' } },
  })
  async page(@Res() response: Response): Promise<void> {
    await this.books.readAll();
    this.metrics.books(DETECTOR_GROUP, this.#readings());
    const { text, contentType } = await this.metrics.page();
    response.setHeader('Content-Type', contentType);
    response.end(text);
  }

  #readings(): Map<string, GroupBooks> {
    const readings = new Map<string, GroupBooks>();
    for (const { camera } of this.cameras.all()) {
      const books = this.books.newest(camera.id);
      if (books !== null) readings.set(camera.id, books);
    }
    return readings;
  }
}
