import type { Clock } from '@lookout/timing';
import {
  Body,
  Controller,
  Get,
  Header,
  Headers,
  HttpCode,
  Inject,
  Post,
  Query,
} from '@nestjs/common';
import { ApiHeader, ApiQuery, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Needs } from '../access/rights.ts';
import { Audited } from '../audit/audited.ts';
import { CamerasService } from '../cameras/cameras.service.ts';
import { InvalidInput } from '../http/invalid-input.ts';
import { YAML_TYPES } from '../http/yaml-body.ts';
import { ZodPipe } from '../http/zod-pipe.ts';
import { describe } from '../openapi/describe.ts';
import { named } from '../openapi/schemas.ts';
import { CLOCK } from '../tokens.ts';
import { writeCameraFile } from './camera-file.ts';
import { type ImportReport, importReportSchema } from './import-report.ts';
import { ImportService } from './import.service.ts';

const passphraseSchema = z.string().min(12, 'must have at least 12 characters').max(200);
const sealedExportSchema = z.strictObject({ passphrase: passphraseSchema });
const querySchema = z.strictObject({
  dryRun: z.stringbool({ truthy: ['true'], falsy: ['false'] }).default(false),
  existing: z.enum(['skip', 'replace']).default('skip'),
});

const YAML = { description: 'The cameras as YAML', type: YAML_TYPES[0] };
const FILE_NAME = 'attachment; filename="lookout-cameras.yaml"';
const PASSPHRASE_HEADER = 'X-Lookout-Passphrase';

/** All cameras as one file, and back. */
@ApiTags('transfer')
@Controller()
export class TransferController {
  constructor(
    private readonly cameras: CamerasService,
    private readonly imports: ImportService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('export')
  @Needs({ role: 'operator' })
  @Header('Content-Type', YAML_TYPES[0])
  @Header('Content-Disposition', FILE_NAME)
  @Header('Cache-Control', 'no-store')
  @describe({ summary: 'All cameras as YAML, without credentials', answers: { 200: YAML } })
  async export(): Promise<string> {
    return writeCameraFile(await this.cameras.list(), this.#now());
  }

  @Post('export')
  @HttpCode(200)
  @Needs({ role: 'admin' })
  @Audited('cameras.exported')
  @Header('Content-Type', YAML_TYPES[0])
  @Header('Content-Disposition', FILE_NAME)
  @Header('Cache-Control', 'no-store')
  @describe({
    summary: 'All cameras as YAML, with their credentials sealed by a passphrase',
    body: named('SealedExport', sealedExportSchema),
    example: { passphrase: 'correct horse battery staple' },
    answers: { 200: YAML },
  })
  async exportSealed(
    @Body(new ZodPipe(sealedExportSchema)) { passphrase }: z.infer<typeof sealedExportSchema>,
  ): Promise<string> {
    return writeCameraFile(await this.cameras.list(), this.#now(), passphrase);
  }

  @Post('import')
  @HttpCode(200)
  @Needs({ role: 'operator' })
  @Audited('cameras.imported', { dryRun: true })
  @ApiQuery({ name: 'dryRun', required: false, schema: { type: 'boolean', default: false } })
  @ApiQuery({
    name: 'existing',
    required: false,
    schema: { type: 'string', enum: ['skip', 'replace'], default: 'skip' },
  })
  @ApiHeader({
    name: PASSPHRASE_HEADER,
    required: false,
    description: 'Of the sealed credentials, percent-encoded',
  })
  @describe({
    summary: 'Take over the cameras of a file; nothing is changed unless all of them are valid',
    body: named('CameraFile', z.string().min(1)),
    bodyTypes: YAML_TYPES,
    example: [
      'format: lookout-cameras',
      'version: 1',
      'cameras:',
      '  - id: yard-west',
      '    name: Yard, west',
      '    source: { type: test }',
      '',
    ].join('\n'),
    answers: {
      200: {
        description: 'What became of each camera',
        schema: named('ImportReport', importReportSchema),
      },
    },
  })
  import(
    @Query(new ZodPipe(querySchema)) wishes: z.output<typeof querySchema>,
    @Headers(PASSPHRASE_HEADER.toLowerCase()) passphrase: string | undefined,
    @Body() text: unknown,
  ): Promise<ImportReport> {
    const file = new ZodPipe(z.string('must be YAML')).transform(text);
    return this.imports.import(file, { ...wishes, passphrase: decoded(passphrase) });
  }

  #now(): string {
    return new Date(this.clock.now()).toISOString();
  }
}

function decoded(passphrase: string | undefined): string | undefined {
  try {
    return passphrase === undefined ? undefined : decodeURIComponent(passphrase);
  } catch {
    const message = 'must be percent-encoded';
    throw new InvalidInput([{ path: PASSPHRASE_HEADER, message }]);
  }
}
