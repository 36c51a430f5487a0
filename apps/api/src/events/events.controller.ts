import {
  eventPageSchema,
  type EventPage,
  eventSchema,
  eventStateSchema,
  type PresenceEvent,
} from '@lookout/contracts';
import { Controller, Delete, Get, Headers, HttpCode, Param, Query, Res } from '@nestjs/common';
import { ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { Caller } from '../access/caller.ts';
import { TokenInAddress } from '../access/open-to-all.ts';
import type { Principal } from '../access/principal.ts';
import { Needs } from '../access/rights.ts';
import { Audited } from '../audit/audited.ts';
import { namesTag } from '../http/names-tag.ts';
import { ZodPipe } from '../http/zod-pipe.ts';
import { describe } from '../openapi/describe.ts';
import { named } from '../openapi/schemas.ts';
import { type EventFilter, eventFilterSchema } from './event-filter.ts';
import { EventsService } from './events.service.ts';

const snapshotQuerySchema = z.strictObject({
  annotated: z.stringbool({ truthy: ['true'], falsy: ['false'] }).default(false),
  token: z.string().optional(),
});

const text = { type: 'string' } as const;
const moment = { type: 'string', format: 'date-time' } as const;

@ApiTags('events')
@Needs({ role: 'viewer', cameras: 'filtered' })
@Controller('events')
export class EventsController {
  constructor(private readonly events: EventsService) {}

  @Get()
  @ApiQuery({ name: 'cameraId', required: false, schema: text })
  @ApiQuery({ name: 'label', required: false, schema: text })
  @ApiQuery({
    name: 'state',
    required: false,
    schema: { ...text, enum: [...eventStateSchema.options] },
  })
  @ApiQuery({ name: 'from', required: false, schema: moment })
  @ApiQuery({ name: 'to', required: false, schema: moment })
  @ApiQuery({ name: 'cursor', required: false, schema: text })
  @ApiQuery({
    name: 'limit',
    required: false,
    schema: { type: 'integer', minimum: 1, maximum: 200, default: 50 },
  })
  @describe({
    summary: 'What was there between two moments, newest first',
    answers: { 200: { description: 'Events', schema: named('EventPage', eventPageSchema) } },
  })
  page(
    @Query(new ZodPipe(eventFilterSchema)) filter: EventFilter,
    @Caller() caller: Principal,
  ): Promise<EventPage> {
    return this.events.page(filter, caller);
  }

  @Get(':id')
  @describe({
    summary: 'One event',
    answers: { 200: { description: 'The event', schema: named('Event', eventSchema) } },
  })
  get(@Param('id') id: string, @Caller() caller: Principal): Promise<PresenceEvent> {
    return this.events.get(id, caller);
  }

  @Get(':id/snapshot.jpg')
  @TokenInAddress()
  @ApiQuery({ name: 'annotated', required: false, schema: { type: 'boolean', default: false } })
  @describe({
    summary: 'The frame in which it was seen surest, with its boxes drawn on request',
    answers: {
      200: { description: 'The picture; ETag names it', type: 'image/jpeg' },
      304: { description: 'It is still the one that If-None-Match names' },
      404: { description: 'There is no such event, or no picture of it' },
    },
  })
  async snapshot(
    @Param('id') id: string,
    @Query(new ZodPipe(snapshotQuerySchema)) { annotated }: z.output<typeof snapshotQuerySchema>,
    @Caller() caller: Principal,
    @Headers('if-none-match') ifNoneMatch: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    const snapshot = await this.events.snapshot(id, caller);
    response.setHeader('Cache-Control', 'private, no-cache');
    const etag = `"${id}.${String(snapshot.capturedAt)}${annotated ? '.annotated' : ''}"`;
    response.setHeader('ETag', etag);
    if (namesTag(ifNoneMatch, etag)) {
      response.status(304).end();
      return;
    }
    const jpeg = await (annotated ? snapshot.annotated() : snapshot.plain());
    response.setHeader('Content-Type', 'image/jpeg');
    response.setHeader('Content-Length', jpeg.byteLength);
    response.end(jpeg);
  }

  @Delete(':id')
  @HttpCode(204)
  @Needs({ role: 'operator', cameras: 'filtered' })
  @Audited('event.deleted')
  @describe({
    summary:
      'Delete an event with its picture; one that goes on ends, and begins anew with new results',
    answers: {
      204: { description: 'It is deleted' },
      404: { description: 'There is no such event' },
      503: { description: 'The database cannot be written now; it is still there' },
    },
  })
  delete(@Param('id') id: string, @Caller() caller: Principal): Promise<void> {
    return this.events.delete(id, caller);
  }
}
