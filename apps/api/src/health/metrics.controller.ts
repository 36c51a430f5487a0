import { Controller, Get, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { BooksWatch } from '../detections/books-watch.ts';
import { describe } from '../openapi/describe.ts';
import { Metrics } from '../status/metrics.ts';
import { SupervisorLink } from '../supervisor-link.ts';

@ApiTags('health')
@Controller('metrics')
export class MetricsController {
  constructor(
    private readonly metrics: Metrics,
    private readonly books: BooksWatch,
    private readonly supervisor: SupervisorLink,
  ) {}

  @Get()
  @describe({
    summary: 'Measurements for Prometheus',
    answers: { 200: { description: 'Prometheus text', type: 'text/plain' } },
  })
  async page(@Res() response: Response): Promise<void> {
    await this.books.readAll();
    this.metrics.books.show(this.books.readings());
    this.metrics.surroundings.processes(this.supervisor.processes());
    const { text, contentType } = await this.metrics.page();
    response.setHeader('Content-Type', contentType);
    response.end(text);
  }
}
