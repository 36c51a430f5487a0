import { z } from 'zod';
import { cameraIdSchema } from './camera.ts';
import { eventNoticeSchema } from './event.ts';
import { cameraStateSchema, freshnessSchema } from './status.ts';

/** What a webhook can be told of. */
export const WEBHOOK_TYPES = [
  'event.started',
  'event.ended',
  'camera.state',
  'detection.freshness',
] as const;

const webhookUrlSchema = z
  .url({ protocol: /^https?$/, error: 'must be an http or https address' })
  .max(2000, 'must have at most 2000 characters')
  .refine((text) => !/^\w+:\/\/[^/?#]*:0+(?:[/?#]|$)/.test(text), {
    message: 'must have a port that can be called',
  })
  .refine((text) => !hasCredentials(text), {
    message: 'must hold no user name or password: the signature says who sends',
  });

const webhookTypeSchema = z.enum(WEBHOOK_TYPES);

const settings = {
  url: webhookUrlSchema,
  /** Empty means all that there are now. */
  types: z.array(webhookTypeSchema).max(20),
  /** The only cameras that it is told of; `null` or empty: all, also later ones. */
  cameraIds: z.array(cameraIdSchema).max(1000).nullable(),
  /** The only labels whose events it is told of; `null` or empty: all. What has no label passes. */
  labels: z.array(z.string().trim().min(1).max(100)).max(200).nullable(),
};

/** A webhook to be made. */
export const newWebhookSchema = z.strictObject({
  ...settings,
  cameraIds: settings.cameraIds.default(null),
  labels: settings.labels.default(null),
  /** A disabled one is told of nothing. */
  enabled: z.boolean().default(true),
});

/** What may be changed of a webhook; what is absent stays. */
export const webhookPatchSchema = z.strictObject({
  url: settings.url.optional(),
  types: settings.types.optional(),
  cameraIds: settings.cameraIds.optional(),
  labels: settings.labels.optional(),
  enabled: z.boolean().optional(),
});

/** An address that is told of what happens. Never shows its secret. */
export const webhookSchema = z.strictObject({
  id: z.string(),
  url: z.string(),
  types: z.array(webhookTypeSchema),
  /** Empty: all that were named are deleted, and it is disabled. */
  cameraIds: z.array(cameraIdSchema).nullable(),
  labels: z.array(z.string()).nullable(),
  enabled: z.boolean(),
  /** Why Lookout itself disabled it, in words for a person. */
  disabledReason: z.string().nullable(),
  /** Until when the secret before this one signs as well; `null` when only one does. */
  oldSecretUntil: z.iso.datetime().nullable(),
  /** Deliveries that are not done: to be sent, or to be tried again. */
  waiting: z.int().min(0),
  /** Why the newest try of these failed, in words for a person; `null` when none was tried. */
  trouble: z.string().nullable(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

/** A webhook that was just made or got a new secret, with it, this once. */
export const createdWebhookSchema = webhookSchema.extend({
  /** `whsec_` and base64, as the Standard Webhooks specification has it. */
  secret: z.string(),
});

/** `waiting`: it is to be sent, or tried again. `failed`: given up. */
export const deliveryStateSchema = z.enum(['waiting', 'delivered', 'failed']);

/** One message on its way to one webhook. */
export const deliverySchema = z.strictObject({
  id: z.string(),
  /** What the receiver gets as `webhook-id`: the same at each try, and when it is sent again. */
  messageId: z.string(),
  type: z.union([webhookTypeSchema, z.literal('webhook.test')]),
  /** `null`: it concerns none. */
  cameraId: cameraIdSchema.nullable(),
  state: deliveryStateSchema,
  /** Tries so far. */
  attempts: z.int().min(0),
  createdAt: z.iso.datetime(),
  lastAttemptAt: z.iso.datetime().nullable(),
  /** Not before then, and after what came before it of the same camera; `null` when it is done. */
  nextAttemptAt: z.iso.datetime().nullable(),
  /** Status of the last answer; `null` when there was none. */
  answerStatus: z.int().nullable(),
  /** How long the last try took. */
  answerMs: z.int().min(0).nullable(),
  /** Why the last try failed, in words for a person; `null` when it did not. */
  reason: z.string().nullable(),
});

/** A part of a webhook's deliveries, newest first. */
export const deliveryPageSchema = z.strictObject({
  items: z.array(deliverySchema),
  /** To be given as `cursor` for what came before; `null` at the end. */
  nextCursor: z.string().nullable(),
});

const message = { timestamp: z.iso.datetime() };

/** Every message that a webhook can get: the body of the request. */
export const webhookMessageSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('event.started'), ...message, data: eventNoticeSchema }),
  z.strictObject({ type: z.literal('event.ended'), ...message, data: eventNoticeSchema }),
  z.strictObject({
    type: z.literal('camera.state'),
    ...message,
    data: z.strictObject({
      cameraId: cameraIdSchema,
      state: cameraStateSchema,
      reason: z.string().nullable(),
    }),
  }),
  z.strictObject({
    type: z.literal('detection.freshness'),
    ...message,
    data: z.strictObject({
      cameraId: cameraIdSchema,
      freshness: freshnessSchema,
      reason: z.string().nullable(),
    }),
  }),
  z.strictObject({
    type: z.literal('webhook.test'),
    ...message,
    data: z.strictObject({ webhookId: z.string() }),
  }),
]);

function hasCredentials(text: string): boolean {
  // As browsers read addresses: without white space, and with any number of slashes.
  return /^[a-z]+:[/\\]*[^/\\?#]*@/i.test(text.replaceAll(/\s/g, ''));
}

/** What a webhook can be told of. */
export type WebhookType = (typeof WEBHOOK_TYPES)[number];
/** A webhook to be made, with every default filled in. */
export type NewWebhook = z.output<typeof newWebhookSchema>;
/** What may be changed of a webhook. */
export type WebhookPatch = z.output<typeof webhookPatchSchema>;
/** An address that is told of what happens. */
export type Webhook = z.infer<typeof webhookSchema>;
/** A webhook with its secret, this once. */
export type CreatedWebhook = z.infer<typeof createdWebhookSchema>;
/** Where a delivery is on its way. */
export type DeliveryState = z.infer<typeof deliveryStateSchema>;
/** One message on its way to one webhook. */
export type Delivery = z.infer<typeof deliverySchema>;
/** A part of a webhook's deliveries, newest first. */
export type DeliveryPage = z.infer<typeof deliveryPageSchema>;
/** The body of the request that a webhook gets. */
export type WebhookMessage = z.infer<typeof webhookMessageSchema>;
