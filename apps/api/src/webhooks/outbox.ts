import type { Delivery, DeliveryState } from '@lookout/contracts';
import type { InjectionToken } from '@nestjs/common';
import type { WebhookSecret } from '../secrets/webhook-vault.ts';
import type { OutgoingMessage, StateChange } from './outgoing-message.ts';

/** A delivery whose turn it is: the first of its line that is not done. */
export interface HeadDelivery {
  readonly id: string;
  readonly webhookId: string;
  /** ms since the Unix epoch. */
  readonly nextAttemptAt: number;
  /** ms since the Unix epoch; `null` before the first. */
  readonly lastAttemptAt: number | null;
}

/** All that it takes to try a delivery. */
export interface Parcel {
  readonly webhookId: string;
  readonly url: string;
  /** `null`: they are sealed, and the key is missing. */
  readonly secrets: readonly WebhookSecret[] | null;
  readonly messageId: string;
  /** JSON, the same at each try. */
  readonly body: string;
  /** Tries so far. */
  readonly attempts: number;
  /** ms since the Unix epoch. */
  readonly createdAt: number;
}

/** What came of a try. */
export interface Attempt {
  readonly state: DeliveryState;
  /** ms since the Unix epoch. */
  readonly at: number;
  /** `null` unless it is to be tried again. */
  readonly nextAttemptAt: number | null;
  readonly answerStatus: number | null;
  readonly answerMs: number;
  readonly reason: string | null;
  /** What waits in its line and was made before then, in ms since the Unix epoch, fails with it. */
  readonly failBefore?: number;
  /** Why the webhook itself is to be disabled. */
  readonly disable?: string;
}

/** Which deliveries of a webhook are wanted, newest first. */
export interface DeliveryQuery {
  readonly webhookId: string;
  readonly state?: DeliveryState | undefined;
  /** Those before this place. */
  readonly before?: number | undefined;
  readonly limit: number;
}

/** A delivery with its place among all. */
export interface PlacedDelivery {
  readonly sequence: number;
  readonly delivery: Delivery;
}

/**
 * Messages that are kept until they are delivered or given up. A delivery stands in a line, of its
 * webhook and camera, and only the first of a line is ever on its way.
 */
export interface Outbox {
  /** Of enabled webhooks. */
  heads(): Promise<HeadDelivery[]>;
  /** @returns `null` unless its turn it is */
  parcel(deliveryId: string): Promise<Parcel | null>;
  note(deliveryId: string, attempt: Attempt): Promise<void>;
  /** What was told last of each camera, by `<camera> <type>`. */
  toldStates(): Promise<Map<string, string>>;
  /** Keeps messages of changes, and that they were told, together. */
  tellStates(changes: readonly StateChange[]): Promise<void>;
  /** A camera is gone; what is new of one with its id is told from the start. */
  forgetStates(cameraId: string): Promise<void>;
  /** Adds a message for one webhook, in a line of its own. */
  send(webhookId: string, message: OutgoingMessage, at: number): Promise<Delivery>;
  /** Sends the message of a delivery that is done once more, in a line of its own. */
  sendAgain(webhookId: string, deliveryId: string, at: number): Promise<Delivery>;
  /**
   * Makes the first of the line in which a delivery waits due at once: what comes after it follows.
   * @returns id of that first one; `null` when the delivery does not wait
   */
  hasten(deliveryId: string, at: number): Promise<string | null>;
  deliveries(query: DeliveryQuery): Promise<PlacedDelivery[]>;
  delivery(webhookId: string, deliveryId: string): Promise<Delivery | undefined>;
  /** Forgets deliveries that are done and older than that, and messages that nobody waits for. */
  forgetBefore(at: number): Promise<void>;
}

export const OUTBOX: InjectionToken<Outbox> = Symbol('Outbox');
