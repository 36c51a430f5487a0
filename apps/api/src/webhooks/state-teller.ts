import type { Camera } from '@lookout/contracts';
import type { Clock } from '@lookout/timing';
import { Logger } from '@nestjs/common';
import type { FrameFanOut } from '../capture/frame-fan-out.ts';
import type { CaptureState, FrameListener } from '../capture/frame-listener.ts';
import type { DetectionBoard } from '../detections/detection-board.ts';
import type { EventRecorder } from '../events/event-recorder.ts';
import type { CameraWatch } from '../status/camera-watch.ts';
import type { DeletedCameras } from './deleted-cameras.ts';
import type { Outbox } from './outbox.ts';
import type { OutboxFeeder } from './outbox-feeder.ts';
import type { StateChange } from './outgoing-message.ts';
import { valueOf } from './told-state.ts';

const LOOK_MS = 500;
/** While the database takes nothing, the oldest changes are let go. */
const MOST_CHANGES = 10_000;

/** A camera was deleted; what comes after it is of another. */
interface Removal {
  readonly cameraId: string;
  readonly told: null;
}

type News = StateChange | Removal;

/** What telling needs. */
export interface TellerParts {
  readonly fanOut: Pick<FrameFanOut, 'listen'>;
  readonly watch: Pick<CameraWatch, 'all'>;
  readonly board: Pick<DetectionBoard, 'freshness'>;
  readonly outbox: Outbox;
  readonly deleted: Pick<DeletedCameras, 'untold'>;
  readonly feeder: Pick<OutboxFeeder, 'feedSoon'>;
  readonly recorder: Pick<EventRecorder, 'settled'>;
  readonly clock: Clock;
}

/** Puts each change of a camera's state, and of how fresh its detections are, into the outbox. */
export class StateTeller implements FrameListener {
  readonly #logger = new Logger('Webhooks');
  readonly #parts: TellerParts;
  /** As it will be told once all changes are kept; `null` until it is known what was told before. */
  #told: Map<string, string> | null = null;
  #news: News[] = [];
  #keeping = false;
  #trouble = false;
  readonly #stopListening: () => void;
  #stopLooking: () => void = () => undefined;

  constructor(parts: TellerParts) {
    this.#parts = parts;
    this.#stopListening = parts.fanOut.listen(this);
  }

  start(): void {
    this.#stopLooking = this.#parts.clock.every(LOOK_MS, () => {
      this.#look();
      void this.#keep();
    });
  }

  stop(): void {
    this.#stopListening();
    this.#stopLooking();
  }

  cameraAdded(camera: Camera): void {
    this.#changed(camera.id, {
      type: 'camera.state',
      data: { cameraId: camera.id, state: camera.enabled ? 'starting' : 'disabled', reason: null },
    });
  }

  captureState(cameraId: string, { state, reason }: CaptureState): void {
    this.#changed(cameraId, { type: 'camera.state', data: { cameraId, state, reason } });
  }

  cameraRemoved(cameraId: string): void {
    this.#news.push(...this.#farewell(cameraId, this.#known(cameraId, 'camera.state')));
    void this.#keep();
  }

  /** Whoever was told last that it is live must not believe so for ever. */
  #farewell(cameraId: string, known: string | undefined): News[] {
    const removal = { cameraId, told: null };
    if (known === undefined || known === 'disabled') return [removal];
    const data = { cameraId, state: 'disabled', reason: 'The camera was deleted.' } as const;
    const at = this.#parts.clock.now();
    return [{ cameraId, at, told: { type: 'camera.state', data } }, removal];
  }

  #look(): void {
    for (const watched of this.#parts.watch.all()) {
      const { freshness, reason } = this.#parts.board.freshness(watched);
      const cameraId = watched.camera.id;
      this.#changed(cameraId, {
        type: 'detection.freshness',
        data: { cameraId, freshness, reason },
      });
    }
  }

  #changed(cameraId: string, told: StateChange['told']): void {
    if (this.#known(cameraId, told.type) === valueOf(told)) return;
    this.#news.push({ cameraId, at: this.#parts.clock.now(), told });
    if (this.#news.length > MOST_CHANGES) {
      this.#news.splice(
        this.#news.findIndex((one) => one.told !== null),
        1,
      );
    }
    void this.#keep();
  }

  /** What will have been told last when all is kept. */
  #known(cameraId: string, type: StateChange['told']['type']): string | undefined {
    const last = this.#news.findLast(
      (one) => one.cameraId === cameraId && (one.told === null || one.told.type === type),
    );
    if (last === undefined) return this.#told?.get(`${cameraId} ${type}`);
    return last.told === null ? undefined : valueOf(last.told);
  }

  async #keep(): Promise<void> {
    if (this.#keeping) return;
    this.#keeping = true;
    try {
      await this.#keepAll();
      this.#trouble = false;
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error);
      if (!this.#trouble) this.#logger.error(`Changes of cameras cannot be kept: ${words}`);
      this.#trouble = true;
    } finally {
      this.#keeping = false;
    }
  }

  async #keepAll(): Promise<void> {
    const told = (this.#told ??= await this.#begin());
    while (this.#news.length > 0) {
      const [first] = this.#news;
      if (first?.told === null) await this.#forget(first, told);
      else await this.#tell(told);
    }
  }

  /** @returns what was told before; what was deleted since is told of first */
  async #begin(): Promise<Map<string, string>> {
    const { outbox, deleted } = this.#parts;
    const told = await outbox.toldStates();
    const untold = await deleted.untold();
    this.#news.unshift(
      ...untold.flatMap((cameraId) =>
        this.#farewell(cameraId, told.get(`${cameraId} camera.state`)),
      ),
    );
    return told;
  }

  async #forget(removal: Removal, told: Map<string, string>): Promise<void> {
    const { cameraId } = removal;
    await this.#parts.outbox.forgetStates(cameraId);
    for (const type of ['camera.state', 'detection.freshness']) told.delete(`${cameraId} ${type}`);
    this.#news = this.#news.filter((one) => one !== removal);
  }

  /** All that comes before the next removal, whose last word comes after the ends of events. */
  async #tell(told: Map<string, string>): Promise<void> {
    const { outbox, feeder, recorder } = this.#parts;
    if (this.#news.some((one) => one.told === null)) await recorder.settled();
    const end = this.#news.findIndex((one) => one.told === null);
    const first = end === -1 ? this.#news : this.#news.slice(0, end);
    const batch = new Set(first.filter((one) => one.told !== null));
    const news = unlike(told, [...batch]);
    if (news.length > 0) await outbox.tellStates(news);
    for (const change of news) {
      told.set(`${change.cameraId} ${change.told.type}`, valueOf(change.told));
    }
    this.#news = this.#news.filter((one) => one.told === null || !batch.has(one));
    if (news.length > 0) feeder.feedSoon();
  }
}

/** What differs from what was told before it. */
function unlike(told: ReadonlyMap<string, string>, changes: readonly StateChange[]): StateChange[] {
  const known = new Map(told);
  return changes.filter((change) => {
    const key = `${change.cameraId} ${change.told.type}`;
    const value = valueOf(change.told);
    if (known.get(key) === value) return false;
    known.set(key, value);
    return true;
  });
}
