import { Module } from '@nestjs/common';
import { OpenApiController } from './openapi.controller.ts';
import { OpenApiHolder } from './openapi-holder.ts';

/** What the REST interface says of itself. */
@Module({ controllers: [OpenApiController], providers: [OpenApiHolder], exports: [OpenApiHolder] })
export class OpenApiModule {}
