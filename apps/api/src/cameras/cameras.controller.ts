import { type Camera, cameraSchema, type NewCamera, newCameraSchema } from '@lookout/contracts';
import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  Param,
  Patch,
  Post,
  Res,
} from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { Caller } from '../access/caller.ts';
import { maySee, type Principal } from '../access/principal.ts';
import { Needs } from '../access/rights.ts';
import { Audited } from '../audit/audited.ts';
import { ZodPipe } from '../http/zod-pipe.ts';
import { describe } from '../openapi/describe.ts';
import { mergePatchSchema } from '../openapi/merge-patch-schema.ts';
import { named } from '../openapi/schemas.ts';
import { shownCamera } from '../sources/shown-camera.ts';
import { CamerasService } from './cameras.service.ts';
import { etagOf } from './etag.ts';

const OneCamera = named('Camera', cameraSchema);
const patchSchema = z.record(z.string(), z.unknown()).meta(mergePatchSchema(newCameraSchema));
const notFound = { 404: { description: 'There is no such camera' } };

const IfMatch = ApiHeader({
  name: 'If-Match',
  required: false,
  description: 'The ETag that was read; nothing is done when the camera was changed since',
});

@ApiTags('cameras')
@Controller('cameras')
export class CamerasController {
  constructor(private readonly cameras: CamerasService) {}

  @Get()
  @Needs({ cameras: 'filtered' })
  @describe({
    summary: 'All cameras, in the order in which they were made',
    answers: {
      200: { description: 'The cameras', schema: named('Cameras', z.array(cameraSchema)) },
    },
  })
  async list(@Caller() caller: Principal): Promise<Camera[]> {
    const cameras = await this.cameras.list();
    return cameras.filter(({ id }) => maySee(caller, id)).map(shownCamera);
  }

  @Post()
  @Needs({ role: 'operator' })
  @Audited('camera.created')
  @describe({
    summary: 'Make a camera; it begins to run at once',
    body: named('NewCamera', newCameraSchema),
    example: { name: 'Yard', source: { type: 'test' }, captureFps: 15, frame: { width: 320 } },
    answers: { 201: { description: 'The camera; Location is its address', schema: OneCamera } },
  })
  async create(
    @Body(new ZodPipe(newCameraSchema)) wanted: NewCamera,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Camera> {
    const camera = await this.cameras.create(wanted);
    response.location(`/api/v1/cameras/${camera.id}`).setHeader('ETag', etagOf(camera));
    return shownCamera(camera);
  }

  @Get(':id')
  @Needs({ cameras: 'one' })
  @describe({
    summary: 'One camera; ETag names its version',
    answers: { 200: { description: 'The camera', schema: OneCamera }, ...notFound },
  })
  async show(
    @Param('id') id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Camera> {
    const camera = await this.cameras.get(id);
    response.setHeader('ETag', etagOf(camera));
    return shownCamera(camera);
  }

  @Patch(':id')
  @Needs({ role: 'operator', cameras: 'one' })
  @Audited('camera.changed')
  @IfMatch
  @describe({
    summary: 'Change a camera by a JSON merge patch; what did not change goes on undisturbed',
    body: named('CameraPatch', patchSchema),
    bodyTypes: ['application/merge-patch+json', 'application/json'],
    example: { name: 'Gate, north', detection: { minConfidence: 0.6, classes: ['person'] } },
    answers: {
      200: { description: 'The camera as it is now', schema: OneCamera },
      412: { description: 'If-Match names another version' },
      ...notFound,
    },
  })
  async change(
    @Param('id') id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body(new ZodPipe(patchSchema)) patch: unknown,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Camera> {
    const camera = await this.cameras.change(id, patch, ifMatch);
    response.setHeader('ETag', etagOf(camera));
    return shownCamera(camera);
  }

  @Delete(':id')
  @HttpCode(204)
  @Needs({ role: 'operator', cameras: 'one' })
  @Audited('camera.deleted')
  @IfMatch
  @describe({
    summary: 'Delete a camera',
    answers: {
      204: { description: 'It is gone' },
      412: { description: 'If-Match names another version' },
      ...notFound,
    },
  })
  remove(@Param('id') id: string, @Headers('if-match') ifMatch: string | undefined): Promise<void> {
    return this.cameras.remove(id, ifMatch);
  }
}
