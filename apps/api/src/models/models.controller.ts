import { type Model, modelSchema } from '@lookout/contracts';
import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Needs } from '../access/rights.ts';
import { describe } from '../openapi/describe.ts';
import { named } from '../openapi/schemas.ts';
import { ModelsService } from './models.service.ts';

@ApiTags('models')
@Controller('models')
export class ModelsController {
  constructor(private readonly models: ModelsService) {}

  @Get()
  @Needs({ cameras: 'filtered' })
  @describe({
    summary: 'The models that cameras may name, with what each can tell apart',
    answers: {
      200: { description: 'The models', schema: named('Models', z.array(modelSchema)) },
      503: { description: 'The catalog cannot be read' },
    },
  })
  list(): Promise<Model[]> {
    return this.models.list();
  }
}
