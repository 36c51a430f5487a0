import { type AuditPage, auditPageSchema } from '@lookout/contracts';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiQuery, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Needs } from '../access/rights.ts';
import { ZodPipe } from '../http/zod-pipe.ts';
import { describe } from '../openapi/describe.ts';
import { named } from '../openapi/schemas.ts';
import { AuditLog } from './audit-log.ts';

const wholeNumber = z.string().regex(/^\d{1,15}$/, 'must be a whole number');

const querySchema = z.strictObject({
  cursor: wholeNumber.transform(Number).optional(),
  limit: wholeNumber.transform(Number).pipe(z.int().min(1).max(200)).default(50),
});

@ApiTags('audit')
@Controller('audit')
export class AuditController {
  constructor(private readonly log: AuditLog) {}

  @Get()
  @Needs({ role: 'admin' })
  @ApiQuery({ name: 'cursor', required: false, schema: { type: 'string' } })
  @ApiQuery({
    name: 'limit',
    required: false,
    schema: { type: 'integer', minimum: 1, maximum: 200, default: 50 },
  })
  @describe({
    summary: 'Who did what, newest first',
    answers: { 200: { description: 'Entries', schema: named('AuditPage', auditPageSchema) } },
  })
  page(
    @Query(new ZodPipe(querySchema)) { cursor, limit }: z.output<typeof querySchema>,
  ): Promise<AuditPage> {
    return this.log.page(cursor, limit);
  }
}
