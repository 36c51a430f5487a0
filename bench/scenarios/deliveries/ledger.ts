import type { Delivery, PresenceEvent } from '@lookout/contracts';
import { type Spread, spread } from '../../measure/statistics.ts';
import type { Taken } from './receiver.ts';

/** What was to be told and what the receiver got of it. */
export interface Ledger {
  readonly events: number;
  /** Messages that Lookout wrote down to be sent. */
  readonly messages: number;
  /** Events whose start, or whose end although it came, is in no message. */
  readonly untold: number;
  /** Messages that the receiver never took. */
  readonly lost: number;
  /** Times that it took a message which it had already. */
  readonly duplicates: number;
  /** Messages that it took for the first time after a later one of the same camera. */
  readonly disorder: number;
  /** From the writing down of a message to its first taking, in ms. */
  readonly delay: Spread;
}

/**
 * Compares both ends.
 * @param deliveries - all, oldest first, one for each message
 */
export function balance(
  events: readonly PresenceEvent[],
  deliveries: readonly Delivery[],
  taken: readonly Taken[],
): Ledger {
  const firstTaken = new Map<string, Taken & { readonly place: number }>();
  for (const [place, one] of taken.entries()) {
    if (!firstTaken.has(one.id)) firstTaken.set(one.id, { ...one, place });
  }
  const got = deliveries.flatMap((delivery) => {
    const first = firstTaken.get(delivery.messageId);
    return first === undefined ? [] : [{ delivery, first }];
  });
  const latest = new Map<string | null, number>();
  let disorder = 0;
  for (const { delivery, first } of got) {
    const before = latest.get(delivery.cameraId) ?? -1;
    if (first.place < before) disorder += 1;
    latest.set(delivery.cameraId, Math.max(before, first.place));
  }
  const told = new Set(deliveries.map(({ messageId }) => messageId));
  const isTold = ({ id, endedAt }: PresenceEvent): boolean =>
    told.has(`msg_${id}_started`) && (endedAt === null || told.has(`msg_${id}_ended`));
  return {
    events: events.length,
    messages: deliveries.length,
    untold: events.filter((event) => !isTold(event)).length,
    lost: deliveries.length - got.length,
    duplicates: taken.length - firstTaken.size,
    disorder,
    delay: spread(got.map(({ delivery, first }) => first.at - Date.parse(delivery.createdAt))),
  };
}
