import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Controller, Get, Header, NotFoundException, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { Response } from 'express';
import { Needs } from '../access/rights.ts';
import { docsPage, docsScript } from './docs-page.ts';
import { OpenApiHolder } from './openapi-holder.ts';

const ASSETS: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css',
  'swagger-ui-bundle.js': 'text/javascript',
};

/** The description of the REST interface, for programs and for people. */
@ApiExcludeController()
@Needs({ cameras: 'filtered' })
@Controller('api')
export class OpenApiController {
  readonly #assets = dirname(
    createRequire(createRequire(import.meta.url).resolve('@nestjs/swagger')).resolve(
      'swagger-ui-dist/package.json',
    ),
  );

  constructor(private readonly holder: OpenApiHolder) {}

  @Get('openapi.json')
  document(): OpenAPIObject {
    return this.holder.document;
  }

  @Get('docs')
  @Header('Content-Type', 'text/html; charset=utf-8')
  page(): string {
    return docsPage;
  }

  @Get('docs/:name')
  async asset(@Param('name') name: string, @Res() response: Response): Promise<void> {
    if (name === 'start.js') {
      response.type('text/javascript').send(docsScript);
      return;
    }
    const type = ASSETS[name];
    if (type === undefined) throw new NotFoundException(`There is no page "${name}"`);
    response.type(type).send(await readFile(join(this.#assets, name)));
  }
}
