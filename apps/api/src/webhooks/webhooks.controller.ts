import {
  type CreatedWebhook,
  createdWebhookSchema,
  type Delivery,
  type DeliveryPage,
  deliveryPageSchema,
  deliverySchema,
  deliveryStateSchema,
  type NewWebhook,
  newWebhookSchema,
  type Webhook,
  type WebhookPatch,
  webhookPatchSchema,
  webhookSchema,
} from '@lookout/contracts';
import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Patch,
  Post,
  Query,
  Res,
} from '@nestjs/common';
import { ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { Needs } from '../access/rights.ts';
import { Audited } from '../audit/audited.ts';
import { ZodPipe } from '../http/zod-pipe.ts';
import { describe } from '../openapi/describe.ts';
import { named } from '../openapi/schemas.ts';
import { WebhooksService } from './webhooks.service.ts';

const OneWebhook = named('Webhook', webhookSchema);
const Created = named('CreatedWebhook', createdWebhookSchema);
const OneDelivery = named('Delivery', deliverySchema);
const notFound = { 404: { description: 'There is no such webhook' } };
const disabled = { 409: { description: 'The webhook is disabled' } };

const wholeNumber = z.string().regex(/^\d{1,15}$/, 'must be a whole number');
const querySchema = z.strictObject({
  state: deliveryStateSchema.optional(),
  cursor: wholeNumber.transform(Number).optional(),
  limit: wholeNumber.transform(Number).pipe(z.int().min(1).max(200)).default(50),
});

@ApiTags('webhooks')
@Needs({ role: 'admin' })
@Controller('webhooks')
export class WebhooksController {
  constructor(private readonly webhooks: WebhooksService) {}

  @Get()
  @describe({
    summary: 'All webhooks, without their secrets',
    answers: {
      200: { description: 'The webhooks', schema: named('Webhooks', z.array(webhookSchema)) },
    },
  })
  list(): Promise<Webhook[]> {
    return this.webhooks.list();
  }

  @Post()
  @Audited('webhook.created')
  @describe({
    summary: 'Make a webhook; its secret is in this answer and nowhere else',
    body: named('NewWebhook', newWebhookSchema),
    example: {
      url: 'https://automation.example/lookout',
      types: ['event.started', 'event.ended'],
      labels: ['person'],
    },
    answers: {
      201: { description: 'The webhook; Location is its address', schema: Created },
      409: { description: 'There are as many as there may be' },
    },
  })
  async create(
    @Body(new ZodPipe(newWebhookSchema)) wanted: NewWebhook,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CreatedWebhook> {
    const webhook = await this.webhooks.create(wanted);
    response.location(`/api/v1/webhooks/${webhook.id}`);
    return webhook;
  }

  @Get(':id')
  @describe({
    summary: 'One webhook, without its secret',
    answers: { 200: { description: 'The webhook', schema: OneWebhook }, ...notFound },
  })
  show(@Param('id') id: string): Promise<Webhook> {
    return this.webhooks.get(id);
  }

  @Patch(':id')
  @Audited('webhook.changed')
  @describe({
    summary: 'Change a webhook; what is absent stays',
    body: named('WebhookPatch', webhookPatchSchema),
    bodyTypes: ['application/merge-patch+json', 'application/json'],
    example: { types: ['event.ended'], enabled: true },
    answers: { 200: { description: 'The webhook as it is now', schema: OneWebhook }, ...notFound },
  })
  change(
    @Param('id') id: string,
    @Body(new ZodPipe(webhookPatchSchema)) patch: WebhookPatch,
  ): Promise<Webhook> {
    return this.webhooks.change(id, patch);
  }

  @Delete(':id')
  @HttpCode(204)
  @Audited('webhook.deleted')
  @describe({
    summary: 'Delete a webhook with all of its deliveries',
    answers: { 204: { description: 'It is gone' }, ...notFound },
  })
  remove(@Param('id') id: string): Promise<void> {
    return this.webhooks.remove(id);
  }

  @Post(':id/test')
  @HttpCode(202)
  @Audited('webhook.tested')
  @describe({
    summary: 'Send a message that says nothing but that the webhook works',
    answers: {
      202: { description: 'The delivery, which begins at once', schema: OneDelivery },
      ...notFound,
      ...disabled,
    },
  })
  test(@Param('id') id: string): Promise<Delivery> {
    return this.webhooks.test(id);
  }

  @Post(':id/rotate')
  @HttpCode(200)
  @Audited('webhook.rotated')
  @describe({
    summary: 'Make a new secret; for 24 hours the one before signs as well',
    answers: {
      200: { description: 'The webhook with its new secret, this once', schema: Created },
      ...notFound,
    },
  })
  rotate(@Param('id') id: string): Promise<CreatedWebhook> {
    return this.webhooks.rotate(id);
  }

  @Get(':id/deliveries')
  @ApiQuery({
    name: 'state',
    required: false,
    schema: { type: 'string', enum: [...deliveryStateSchema.options] },
  })
  @ApiQuery({ name: 'cursor', required: false, schema: { type: 'string' } })
  @ApiQuery({
    name: 'limit',
    required: false,
    schema: { type: 'integer', minimum: 1, maximum: 200, default: 50 },
  })
  @describe({
    summary: 'What was sent to a webhook and what came of it, newest first',
    answers: {
      200: { description: 'Deliveries', schema: named('DeliveryPage', deliveryPageSchema) },
      ...notFound,
    },
  })
  deliveries(
    @Param('id') id: string,
    @Query(new ZodPipe(querySchema)) query: z.output<typeof querySchema>,
  ): Promise<DeliveryPage> {
    return this.webhooks.deliveries(id, query);
  }

  @Post(':id/deliveries/:deliveryId/redeliver')
  @HttpCode(202)
  @Audited('webhook.redelivered')
  @describe({
    summary: 'Send a message once more, or try at once what waits for its next try',
    answers: {
      202: { description: 'The delivery that is begun', schema: OneDelivery },
      404: { description: 'There is no such webhook, or no such delivery' },
      ...disabled,
    },
  })
  redeliver(@Param('id') id: string, @Param('deliveryId') deliveryId: string): Promise<Delivery> {
    return this.webhooks.redeliver(id, deliveryId);
  }
}
