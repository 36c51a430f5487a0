import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Caller } from '../access/caller.ts';
import type { Principal } from '../access/principal.ts';
import { Needs } from '../access/rights.ts';
import { describe } from '../openapi/describe.ts';
import { named } from '../openapi/schemas.ts';
import { type DoctorReport, doctorReportSchema } from './doctor-report.ts';
import { DoctorService } from './doctor.service.ts';

@ApiTags('system')
@Controller('system/doctor')
export class DoctorController {
  constructor(private readonly doctor: DoctorService) {}

  @Get()
  @Needs({ cameras: 'filtered' })
  @describe({
    summary: 'Which part limits each camera now, how one sees it, and what to do; takes a second',
    answers: {
      200: {
        description: 'One entry for each camera that the caller may see',
        schema: named('DoctorReport', doctorReportSchema),
      },
    },
  })
  report(@Caller() caller: Principal): Promise<DoctorReport> {
    return this.doctor.report(caller);
  }
}
