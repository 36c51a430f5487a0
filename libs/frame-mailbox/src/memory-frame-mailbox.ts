import { randomUUID } from 'node:crypto';
import type { Frame, GroupBooks } from '@lookout/contracts';
import type { Clock } from '@lookout/timing';
import {
  type FrameMailbox,
  type Lease,
  type MailboxCamera,
  MailboxRefused,
  MailboxUnavailable,
  type PublishOutcome,
  type TakenFrame,
  type Ticket,
  type WaitingCamera,
} from './frame-mailbox.ts';
import type { MemoryGroup } from './memory-group.ts';
import { MemorySlot } from './memory-slot.ts';
import type { MemoryWorkerRoster } from './memory-worker-roster.ts';
import { Registrations } from './registrations.ts';
import { WORKER_ALIVE_MS } from './worker-roster.ts';

/** A mailbox inside one process, for tests: it passes the same conformance suite as the real one. */
export class MemoryFrameMailbox implements FrameMailbox {
  readonly #clock: Clock;
  readonly #roster: MemoryWorkerRoster;
  readonly #slots = new Map<string, MemorySlot>();
  readonly #rings = new Set<() => void>();
  readonly #registrations: Registrations;
  #away = false;
  #full = false;

  /**
   * @param clock - tells when frames expire and deadlines pass
   * @param roster - tells which workers live
   */
  constructor(clock: Clock, roster: MemoryWorkerRoster) {
    this.#clock = clock;
    this.#roster = roster;
    this.#registrations = new Registrations(async (cameraId, camera) => {
      await this.#reach();
      if (camera === undefined) this.#slots.delete(cameraId);
      else this.#register(camera);
    });
  }

  async register(camera: MailboxCamera): Promise<void> {
    await this.#registrations.add(structuredClone(camera));
  }

  async remove(cameraId: string): Promise<void> {
    await this.#registrations.remove(cameraId);
  }

  async publish(frame: Frame): Promise<PublishOutcome> {
    await this.#registrations.catchUp();
    await this.#reach();
    if (this.#full) throw new MailboxRefused('the memory is full');
    if (!this.#slots.has(frame.cameraId)) await this.#registrations.restore(frame.cameraId);
    const slot = this.#slots.get(frame.cameraId);
    if (slot === undefined) throw new MailboxRefused(`camera ${frame.cameraId} is not registered`);
    const outcome = slot.publish({ ...frame }, this.#clock.monotonic(), this.#beats);
    if (outcome === 'accepted') for (const ring of this.#rings) ring();
    return outcome;
  }

  async waiting(group: string): Promise<WaitingCamera[]> {
    await this.#reach();
    return [...this.#slots.values()].flatMap(({ camera }) => {
      const place = this.#group(camera.cameraId, group);
      if (place?.waiting !== true) return [];
      const sinceTakenMs = place.sinceTaken(this.#clock.monotonic());
      return [{ cameraId: camera.cameraId, detection: camera.detection, sinceTakenMs }];
    });
  }

  async take(lease: Lease, cameraIds: readonly string[]): Promise<TakenFrame | null> {
    await this.#reach();
    const now = this.#clock.monotonic();
    for (const cameraId of cameraIds) {
      const group = this.#group(cameraId, lease.group);
      const slot = this.#slots.get(cameraId);
      if (slot === undefined || group?.waiting !== true) continue;
      const ticket: Ticket = { id: randomUUID(), cameraId, group: lease.group };
      const { worker, deadlineMs } = lease;
      const deadline = now + Math.ceil(deadlineMs);
      group.deliver(ticket.id, now, { worker, deadline, aliveUntil: now + WORKER_ALIVE_MS });
      return { ticket, frame: slot.frame, detection: slot.camera.detection };
    }
    return null;
  }

  async settle(ticket: Ticket, outcome: 'detected' | 'failed'): Promise<'settled' | 'late'> {
    await this.#reach();
    const group = this.#group(ticket.cameraId, ticket.group);
    return group?.settle(ticket.id, outcome) === true ? 'settled' : 'late';
  }

  async books(cameraId: string, group: string): Promise<GroupBooks | null> {
    await this.#reach();
    if (!this.#slots.has(cameraId)) await this.#registrations.restore(cameraId);
    return this.#group(cameraId, group)?.read() ?? null;
  }

  onDoorbell(ring: () => void): Promise<() => Promise<void>> {
    const own = () => {
      ring();
    };
    this.#rings.add(own);
    return Promise.resolve(() => Promise.resolve(void this.#rings.delete(own)));
  }

  /** Loses the engine with its memory, or finds it again. */
  setAway(away: boolean): void {
    this.#away = away;
    if (away) this.#slots.clear();
  }

  /** Fills the engine's memory, so that publishes are refused, or empties it. */
  setFull(full: boolean): void {
    this.#full = full;
  }

  readonly #beats = (worker: string) => this.#roster.beats(worker);

  #group(cameraId: string, group: string): MemoryGroup | undefined {
    return this.#slots.get(cameraId)?.group(group, this.#clock.monotonic(), this.#beats);
  }

  #register(camera: MailboxCamera): void {
    const slot = this.#slots.get(camera.cameraId);
    if (slot === undefined) this.#slots.set(camera.cameraId, new MemorySlot(camera));
    else slot.change(camera);
  }

  async #reach(): Promise<void> {
    // Not within the caller's own step, as with a real engine.
    await Promise.resolve();
    if (this.#away) throw new MailboxUnavailable('the mailbox is away');
  }
}
