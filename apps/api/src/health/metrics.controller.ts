import { DETECTOR_GROUP } from '@lookout/frame-mailbox';
import type { GroupBooks } from '@lookout/contracts';
import type { Clock } from '@lookout/timing';
import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { BooksWatch } from '../detections/books-watch.ts';
import { WorkerWatch } from '../detections/worker-watch.ts';
import { describe } from '../openapi/describe.ts';
import { CameraWatch } from '../status/camera-watch.ts';
import { Metrics } from '../status/metrics.ts';
import { CLOCK } from '../tokens.ts';

/** After this time nobody asks any more for the series of a worker that is gone. */
const WORKER_SERIES_MS = 600_000;

@ApiTags('health')
@Controller('metrics')
export class MetricsController {
  readonly #lastSeen = new Map<string, number>();

  constructor(
    private readonly metrics: Metrics,
    private readonly cameras: CameraWatch,
    private readonly books: BooksWatch,
    private readonly workers: WorkerWatch,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @describe({
    summary: 'Measurements for Prometheus',
    answers: { 200: { description: 'Prometheus text', type: 'text/plain' } },
  })
  async page(@Res() response: Response): Promise<void> {
    await this.books.readAll();
    this.metrics.books(DETECTOR_GROUP, this.#readings());
    await this.#forgetOldWorkers();
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

  async #forgetOldWorkers(): Promise<void> {
    const now = this.clock.monotonic();
    for (const { id } of this.workers.known.workers ?? []) this.#lastSeen.set(id, now);
    const gone = [...this.#lastSeen].filter(([, seen]) => now - seen > WORKER_SERIES_MS);
    if (gone.length === 0) return;
    const ids = new Set(gone.map(([id]) => id));
    await this.metrics.forgetWorkers((worker) => ids.has(worker));
    for (const id of ids) this.#lastSeen.delete(id);
  }
}
