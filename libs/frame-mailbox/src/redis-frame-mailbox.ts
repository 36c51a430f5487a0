import { randomUUID } from 'node:crypto';
import {
  type DetectionSettings,
  detectionSettingsSchema,
  eventSettingsSchema,
  type Frame,
  type GroupBooks,
  groupBooksSchema,
} from '@lookout/contracts';
import { isReplyError } from '@lookout/redis-link';
import type { Redis } from 'ioredis';
import { decodeFrame, encodeFrame } from './frame-encoding.ts';
import {
  type FrameMailbox,
  type Lease,
  type MailboxCamera,
  MailboxRefused,
  MailboxUnavailable,
  ModelNotReady,
  type PublishOutcome,
  type TakenFrame,
  type Ticket,
} from './frame-mailbox.ts';
import { BOOKS_ORDER, booksScript } from './lua/books.ts';
import { camerasScript } from './lua/cameras.ts';
import { publishScript } from './lua/publish.ts';
import { registerScript } from './lua/register.ts';
import { removeScript } from './lua/remove.ts';
import { settleScript } from './lua/settle.ts';
import { takeScript } from './lua/take.ts';
import { listenToDoorbell } from './redis-doorbell.ts';
import { bytes, parts, reply, text } from './redis-reply.ts';
import { Registrations } from './registrations.ts';
import { WORKER_ALIVE_MS } from './worker-roster.ts';

/**
 * The mailbox in a single Redis (7 or newer, no cluster, policy `noeviction`): a key per camera,
 * overwritten and expiring, and Lua scripts that keep the books. See `docs/design/mailbox.md`.
 *
 * What was registered here is registered again when Redis was away at the time, or has lost its
 * memory: at the next publish or reading of books, without its user's help.
 */
export class RedisFrameMailbox implements FrameMailbox {
  readonly #redis: Redis;
  readonly #registrations: Registrations;

  /**
   * @param redis - made by `connectRedis`, which may serve others too; a doorbell uses a copy of it,
   *   made here and closed when the ringing stops
   */
  constructor(redis: Redis) {
    this.#redis = redis;
    this.#registrations = new Registrations(async (cameraId, camera) => {
      if (camera === undefined) await reply(removeScript.run(redis, cameraId));
      else await reply(registerScript.run(redis, ...registration(camera)));
    });
  }

  async register(camera: MailboxCamera): Promise<void> {
    await this.#registrations.add(camera);
  }

  async remove(cameraId: string): Promise<void> {
    await this.#registrations.remove(cameraId);
  }

  async cameras(group: string): Promise<string[]> {
    return parts(await reply(camerasScript.run(this.#redis, group))).map(text);
  }

  async publish(frame: Frame): Promise<PublishOutcome> {
    await this.#registrations.catchUp();
    let outcome = await this.#publish(frame);
    if (outcome === 'unknown' && (await this.#registrations.restore(frame.cameraId))) {
      outcome = await this.#publish(frame);
    }
    if (outcome === 'accepted' || outcome === 'repeated') return outcome;
    throw new MailboxRefused(`camera ${frame.cameraId} is not registered`);
  }

  async take(lease: Lease): Promise<TakenFrame | null> {
    const { group, worker, cameraIds = null, models = null } = lease;
    const deadlineMs = Math.ceil(lease.deadlineMs);
    const id = randomUUID();
    const terms = JSON.stringify({ cameraIds, models });
    const taken = parts(
      await reply(
        takeScript.run(this.#redis, group, worker, deadlineMs, WORKER_ALIVE_MS, id, terms),
      ),
    );
    if (taken.length === 0) return null;
    const cameraId = text(taken[0]);
    if (taken.length === 2) throw new ModelNotReady(settings(taken[1]).model);
    const ticket: Ticket = { id, cameraId, group };
    try {
      const frame = decodeFrame(cameraId, bytes(taken[2]));
      return { ticket, frame, detection: settings(taken[1]) };
    } catch (error) {
      // Written by another version of Lookout: nobody here can look at it, and the books say so.
      await this.settle(ticket, 'failed');
      throw new MailboxUnavailable(`a frame of ${cameraId} cannot be read`, { cause: error });
    }
  }

  async settle(ticket: Ticket, outcome: 'detected' | 'failed'): Promise<'settled' | 'late'> {
    const { cameraId, group, id } = ticket;
    const settled = await reply(settleScript.run(this.#redis, cameraId, group, id, outcome));
    return settled === 1 ? 'settled' : 'late';
  }

  async books(cameraId: string, group: string): Promise<GroupBooks | null> {
    let read = await reply(booksScript.run(this.#redis, cameraId, group));
    if (read === null && (await this.#registrations.restore(cameraId))) {
      read = await reply(booksScript.run(this.#redis, cameraId, group));
    }
    if (read === null) return null;
    const counts = parts(read);
    return groupBooksSchema.parse(
      Object.fromEntries(
        BOOKS_ORDER.map((name, i) => [
          name,
          name === 'id' ? text(counts[i]) : Number(text(counts[i])),
        ]),
      ),
    );
  }

  onDoorbell(ring: () => void): Promise<() => Promise<void>> {
    const stop = listenToDoorbell(this.#redis, ring);
    return Promise.resolve(() => {
      stop();
      return Promise.resolve();
    });
  }

  async #publish(frame: Frame): Promise<string> {
    const { cameraId, epoch, sequence } = frame;
    const encoded = encodeFrame(frame);
    const running = publishScript.run(this.#redis, cameraId, epoch, sequence, encoded);
    return text(await reply(running.catch(refusal)));
  }
}

function registration(camera: MailboxCamera): [string, string, number, string, string] {
  const { cameraId, groups, expiryMs, detection } = camera;
  const expiry = Math.ceil(expiryMs);
  return [cameraId, JSON.stringify(groups), expiry, JSON.stringify(detection), randomUUID()];
}

/** A newer Lookout may know more settings: those are passed over. */
const knownSettings = detectionSettingsSchema.strip().extend({
  events: eventSettingsSchema.strip(),
});

function settings(value: unknown): DetectionSettings {
  try {
    return knownSettings.parse(JSON.parse(text(value)));
  } catch (cause) {
    throw new MailboxUnavailable('settings in the mailbox cannot be read', { cause });
  }
}

/** Memory full, or writes forbidden: Redis is there and well, but will not take the frame. */
function refusal(error: unknown): never {
  if (isReplyError(error) && /^(?:OOM|MISCONF|READONLY)\b/.test(error.message)) {
    throw new MailboxRefused(`Redis refuses the frame: ${error.message}`, { cause: error });
  }
  throw error;
}
