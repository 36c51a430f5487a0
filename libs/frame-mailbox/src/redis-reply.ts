import { isReplyError } from '@lookout/redis-link';
import { MailboxRefused, MailboxUnavailable } from './frame-mailbox.ts';

/** Passes a script's reply and a refusal on, and every other failure as `MailboxUnavailable`. */
export async function reply(running: Promise<unknown>): Promise<unknown> {
  try {
    return await running;
  } catch (error) {
    if (error instanceof MailboxRefused) throw error;
    const why = error instanceof Error ? error.message : String(error);
    const who = isReplyError(error) ? 'Redis refuses' : 'Redis does not answer';
    throw new MailboxUnavailable(`${who}: ${why}`, { cause: error });
  }
}

/** The parts of a reply; nil has none. */
export function parts(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A bulk reply as it came. */
export function bytes(value: unknown): Buffer {
  if (!Buffer.isBuffer(value)) throw new TypeError('bytes were expected from Redis');
  return value;
}

/** A bulk or integer reply as text. */
export function text(value: unknown): string {
  return typeof value === 'number' ? String(value) : bytes(value).toString('utf8');
}
