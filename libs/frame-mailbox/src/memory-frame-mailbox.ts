import { randomUUID } from 'node:crypto';
import type { Frame, GroupBooks } from '@lookout/contracts';
import type { Clock } from '@lookout/timing';
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
import type { MemoryGroup } from './memory-group.ts';
import { MemorySlot } from './memory-slot.ts';
import type { MemoryWorkerRoster } from './memory-worker-roster.ts';
import { Registrations } from './registrations.ts';
import { type GroupTime, nextTurn, type Turn } from './turns.ts';
import { WORKER_ALIVE_MS } from './worker-roster.ts';

/** A mailbox inside one process, for tests: it passes the same conformance suite as the real one. */
export class MemoryFrameMailbox implements FrameMailbox {
  readonly #clock: Clock;
  readonly #roster: MemoryWorkerRoster;
  readonly #slots = new Map<string, MemorySlot>();
  readonly #times = new Map<string, GroupTime>();
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
      for (const group of this.#times.keys()) {
        if (this.#camerasOf(group).length === 0) this.#times.delete(group);
      }
    });
  }

  async register(camera: MailboxCamera): Promise<void> {
    await this.#registrations.add(structuredClone(camera));
  }

  async remove(cameraId: string): Promise<void> {
    await this.#registrations.remove(cameraId);
  }

  async cameras(group: string): Promise<string[]> {
    await this.#reach();
    return this.#camerasOf(group);
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

  async take(lease: Lease): Promise<TakenFrame | null> {
    await this.#reach();
    const turn = this.#next(lease.group, lease.cameraIds ?? this.#camerasOf(lease.group));
    const cameraId = turn?.cameraId ?? '';
    const slot = this.#slots.get(cameraId);
    if (turn === null || slot === undefined) return null;
    const { model } = slot.camera.detection;
    if (lease.models?.includes(model) === false) throw new ModelNotReady(model);
    this.#times.set(lease.group, turn.time);
    const now = this.#clock.monotonic();
    const ticket: Ticket = { id: randomUUID(), cameraId, group: lease.group };
    const { worker, deadlineMs } = lease;
    const deadline = now + Math.ceil(deadlineMs);
    const held = { worker, deadline, aliveUntil: now + WORKER_ALIVE_MS };
    this.#group(cameraId, lease.group)?.deliver(ticket.id, turn, held);
    return { ticket, frame: slot.frame, detection: slot.camera.detection };
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
    if (!away) return;
    this.#slots.clear();
    this.#times.clear();
  }

  /** Fills the engine's memory, so that publishes are refused, or empties it. */
  setFull(full: boolean): void {
    this.#full = full;
  }

  readonly #beats = (worker: string) => this.#roster.beats(worker);

  #group(cameraId: string, group: string): MemoryGroup | undefined {
    return this.#slots.get(cameraId)?.group(group, this.#clock.monotonic(), this.#beats);
  }

  #camerasOf(group: string): string[] {
    return [...this.#slots.values()].flatMap(({ camera: { cameraId, groups } }) =>
      groups.includes(group) ? [cameraId] : [],
    );
  }

  #next(group: string, cameraIds: readonly string[]): Turn | null {
    const standings = cameraIds.flatMap((cameraId) => {
      const place = this.#group(cameraId, group);
      const detection = this.#slots.get(cameraId)?.camera.detection;
      if (place?.waiting !== true || detection === undefined) return [];
      return [place.standing(cameraId, detection)];
    });
    const time = this.#times.get(group) ?? { turns: 0, promises: 0 };
    return nextTurn(standings, time, this.#clock.monotonic());
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
