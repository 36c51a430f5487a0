import { randomUUID } from 'node:crypto';
import type { EventNotice } from '@lookout/contracts';
import type { DetectionFeed, FeedItem, FeedMember, FeedMembership } from '@lookout/detection-feed';
import { LATE, type PresenceMemory } from '@lookout/presence';
import type { Clock } from '@lookout/timing';
import { Logger } from '@nestjs/common';
import type { FrameFanOut } from '../capture/frame-fan-out.ts';
import type { FrameListener } from '../capture/frame-listener.ts';
import type { DetectionBoard } from '../detections/detection-board.ts';
import type { CameraWatch } from '../status/camera-watch.ts';
import { CameraPresences } from './camera-presences.ts';
import { endForgotten } from './end-forgotten.ts';
import type { EventPictures } from './event-pictures.ts';
import { EventSnapshots } from './event-snapshots.ts';
import { noticeOf } from './event-view.ts';
import { EventsNotKept } from './events-not-kept.ts';
import type { CameraTurn, EventsRepository } from './events.repository.ts';

/** The group of the feed that events are made by. */
const GROUP = 'events';
/** Figures that change no state are written so often; a memory card is worn out by more. */
const KEEP_MS = 1000;
const RETRY_MS = 1000;
const SIGHT_CHECK_MS = 500;
const PICTURE_TRIAL_MS = 1000;
/** More than the feed keeps. */
const MAX_SEEN = 10_000;

/** What the recorder works with. */
export interface RecorderParts {
  readonly fanOut: Pick<FrameFanOut, 'listen'>;
  readonly watch: Pick<CameraWatch, 'get'>;
  readonly board: Pick<DetectionBoard, 'freshness' | 'onDetected'>;
  readonly pictures: EventPictures;
  readonly repository: EventsRepository;
  readonly feed: DetectionFeed;
  readonly clock: Clock;
}

/** Told of each change of an event's state, after it is kept. */
export type TurnListener = (notice: EventNotice, kind: CameraTurn['kind']) => void;

/**
 * Makes events of results. A result is acknowledged to the feed after the database has what came of
 * it, so that whatever ends the process, each result counts once: those that come again are older
 * than what the database remembers.
 */
export class EventRecorder implements FrameListener, FeedMember {
  readonly #logger = new Logger(EventRecorder.name);
  readonly #listeners = new Set<TurnListener>();
  readonly #parts: RecorderParts;
  readonly #snapshots: EventSnapshots;
  #presences: CameraPresences | null = null;
  #membership: FeedMembership | null = null;
  #beginning: Promise<void> | null = null;
  #keeping: Promise<void> = Promise.resolve();
  #seen: string[] = [];
  #doubted: ReadonlyMap<string, PresenceMemory['position']> = new Map();
  #cancelKeep: (() => void) | null = null;
  #stopChecks: () => void = () => undefined;
  #stopped = false;
  #failure: EventsNotKept | null = null;
  /** Whether ends of events may have been shed. */
  #mayHaveForgotten = true;

  constructor(parts: RecorderParts) {
    this.#parts = parts;
    this.#snapshots = new EventSnapshots(parts.pictures);
    parts.fanOut.listen(this);
    parts.board.onDetected((result, frame) => {
      if (frame !== null) parts.pictures.hold(result, frame);
    });
  }

  /** Why events are not kept, or have no pictures, in words for a person; `null` when all is well. */
  get trouble(): string | null {
    return this.#failure?.message ?? this.#snapshots.trouble;
  }

  /** What a camera's events go on from; `null` before they began. */
  memory(cameraId: string): PresenceMemory | null {
    return this.#presences?.memory(cameraId) ?? null;
  }

  onTurn(listener: TurnListener): void {
    this.#listeners.add(listener);
  }

  // Which cameras there are must be known before their results are read.
  camerasKnown(): void {
    this.#beginning ??= this.#begin();
  }

  cameraRemoved(cameraId: string): void {
    this.#presences?.close(cameraId, this.#parts.clock.now());
    this.#keepSoon();
    // Their ends may still want pictures.
    void this.settled().then(() => {
      this.#parts.pictures.forgetCamera(cameraId);
    });
  }

  items(items: readonly FeedItem[]): void {
    const now = this.#parts.clock.now();
    for (const { id, entry } of items) {
      this.#seen.push(id);
      if (entry === null) continue;
      const { cameraId } = entry.kind === 'result' ? entry.result : entry.frame;
      const camera = this.#parts.watch.get(cameraId)?.camera;
      if (camera !== undefined) this.#presences?.entry(camera, entry, now);
    }
    this.#keepSoon();
  }

  state(state: 'following' | 'away'): void {
    if (state === 'away') this.#loseAllSight('Redis does not answer.');
  }

  forgotten(): void {
    this.#loseAllSight('Redis lost its memory, and results with it.');
  }

  /** Resolves when what came so far is kept, or could not be. */
  async settled(): Promise<void> {
    await this.#beginning;
    await this.#keeping;
  }

  /**
   * Forgets an event; one that goes on ends first.
   * @returns whether there was one
   * @throws EventsNotKept when its end could not be written, which would bring it back later
   */
  async delete(cameraId: string, eventId: string): Promise<boolean> {
    await this.#beginning;
    // First, so that nothing is changed when the database takes nothing.
    const there = await this.#deleteRow(eventId);
    this.#presences?.drop(cameraId, eventId, this.#parts.clock.now());
    await this.#keep();
    if (this.#failure !== null) throw this.#failure;
    // Again, for one that went on has just been written once more, with its end.
    const again = await this.#deleteRow(eventId);
    await this.#parts.pictures.remove(eventId);
    return there || again;
  }

  async #deleteRow(eventId: string): Promise<boolean> {
    return this.#parts.repository.delete(eventId).catch((error: unknown) => {
      throw new EventsNotKept(error);
    });
  }

  async onModuleDestroy(): Promise<void> {
    this.#stopped = true;
    this.#stopChecks();
    this.#cancelKeep?.();
    await this.#beginning;
    await this.#membership?.leave();
    await this.#keep();
  }

  async #begin(): Promise<void> {
    try {
      const memories = await this.#parts.repository.memories();
      this.#failure = null;
      this.#presences = new CameraPresences(memories, () => this.#newId());
      for (const cameraId of this.#presences.cameraIds) {
        if (this.#parts.watch.get(cameraId) === undefined) this.cameraRemoved(cameraId);
      }
      await this.#snapshots.begin(memories.values(), this.#parts.repository);
      await this.#endForgotten();
      if (this.#stopped) return;
      this.#membership = await this.#parts.feed.join(GROUP, this);
      const { clock } = this.#parts;
      const stops = [
        clock.every(SIGHT_CHECK_MS, () => {
          this.#checkSight();
        }),
        clock.every(PICTURE_TRIAL_MS, () => void this.#snapshots.tryAgain()),
      ];
      this.#stopChecks = () => {
        for (const stop of stops) stop();
      };
    } catch (error) {
      this.#fail(error);
      if (this.#stopped) return;
      this.#parts.clock.after(RETRY_MS, () => {
        this.#beginning = this.#begin();
      });
    }
  }

  /** A doubt counts when it is there twice with no look in between: results may be ahead of it. */
  #checkSight(): void {
    const doubted = new Map<string, PresenceMemory['position']>();
    for (const cameraId of this.#presences?.cameraIds ?? []) {
      const watched = this.#parts.watch.get(cameraId);
      if (watched === undefined || this.#presences?.isActive(cameraId) !== true) continue;
      const { freshness, reason } = this.#parts.board.freshness(watched);
      if (freshness === 'fresh') continue;
      const { position } = this.#presences.memory(cameraId);
      doubted.set(cameraId, position);
      if (this.#doubted.get(cameraId) !== position) continue;
      // How old the newest result is will have changed by the time that somebody reads this.
      const why = { reason: reason ?? `The detections are ${freshness}.`, late: false };
      this.#presences.loseSight(cameraId, freshness === 'stale' ? LATE : why);
    }
    this.#doubted = doubted;
    this.#keepSoon();
  }

  #loseAllSight(reason: string): void {
    for (const cameraId of this.#presences?.cameraIds ?? []) {
      this.#presences?.loseSight(cameraId, { reason, late: false });
    }
    this.#keepSoon();
  }

  #keepSoon(): void {
    if (this.#stopped || this.#presences === null) return;
    if (this.#presences.hasTurns && this.#failure === null) void this.#keep();
    else if (this.#seen.length > 0 || this.#presences.hasChanges) {
      this.#cancelKeep ??= this.#parts.clock.after(KEEP_MS, () => void this.#keep());
    }
  }

  /** One keeping at a time, each with everything that came before it. */
  #keep(): Promise<void> {
    this.#cancelKeep?.();
    this.#cancelKeep = null;
    this.#keeping = this.#keeping
      .then(() => this.#keepOnce())
      .catch((error: unknown) => {
        this.#fail(error);
      });
    return this.#keeping;
  }

  async #keepOnce(): Promise<void> {
    const changes = this.#presences?.takeChanges();
    if (changes === undefined) return;
    const seen = this.#seen;
    this.#seen = [];
    try {
      if (changes.memories.size > 0 || changes.stays.size > 0) {
        const events = await this.#snapshots.taken(changes);
        const { memories, turns } = changes;
        await this.#parts.repository.keep({ memories, events, turns });
        await this.#parts.pictures.kept(events);
      }
      this.#failure = null;
    } catch (error) {
      this.#presences?.putBack(changes);
      this.#mayHaveForgotten = true;
      const all = [...seen, ...this.#seen];
      this.#seen = all.slice(-MAX_SEEN);
      this.#fail(error);
      this.#keepSoon();
      // The feed shed them long ago, but its engine would remember that they were not acknowledged.
      await this.#acknowledge(all.slice(0, -MAX_SEEN));
      return;
    }
    this.#tell(changes.turns);
    await this.#acknowledge(seen);
    await this.#endForgotten();
  }

  #tell(turns: readonly CameraTurn[]): void {
    for (const { cameraId, kind, stay } of turns) {
      for (const listener of this.#listeners) listener(noticeOf(cameraId, stay), kind);
    }
  }

  /** @throws Error when the database takes nothing; the next keeping tries again */
  async #endForgotten(): Promise<void> {
    const presences = this.#presences;
    if (!this.#mayHaveForgotten || presences === null) return;
    const { repository } = this.#parts;
    this.#tell(await endForgotten(repository, (...event) => presences.knows(...event)));
    this.#mayHaveForgotten = false;
  }

  /** What is not acknowledged comes again, and changes nothing. */
  async #acknowledge(ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await this.#membership?.acknowledge(ids).catch(() => undefined);
  }

  /** Sorts by its time of making, to the millisecond. */
  #newId(): string {
    return `${this.#parts.clock.now().toString(36).padStart(9, '0')}-${randomUUID().slice(0, 18)}`;
  }

  #fail(error: unknown): void {
    const failure = new EventsNotKept(error);
    if (this.#failure?.message !== failure.message) this.#logger.error(failure.message);
    this.#failure = failure;
  }
}
