import type { Camera } from '@lookout/contracts';
import type { Clock } from '@lookout/timing';
import { Logger } from '@nestjs/common';
import type { FrameFanOut } from '../capture/frame-fan-out.ts';
import type { CaptureState, FrameListener } from '../capture/frame-listener.ts';
import type { DetectionBoard } from '../detections/detection-board.ts';
import type { CameraWatch } from '../status/camera-watch.ts';
import type { Outbox } from './outbox.ts';
import type { OutboxFeeder } from './outbox-feeder.ts';
import type { StateChange } from './outgoing-message.ts';
import { valueOf } from './told-state.ts';

const LOOK_MS = 500;
/** While the database takes nothing, the oldest changes are let go. */
const MOST_CHANGES = 10_000;

/** What telling needs. */
export interface TellerParts {
  readonly fanOut: Pick<FrameFanOut, 'listen'>;
  readonly watch: Pick<CameraWatch, 'all'>;
  readonly board: Pick<DetectionBoard, 'freshness'>;
  readonly outbox: Outbox;
  readonly feeder: Pick<OutboxFeeder, 'feedSoon'>;
  readonly clock: Clock;
}

/** Puts each change of a camera's state, and of how fresh its detections are, into the outbox. */
export class StateTeller implements FrameListener {
  readonly #logger = new Logger('Webhooks');
  readonly #parts: TellerParts;
  /** As it will be told once all changes are kept; `null` until it is known what was told before. */
  #told: Map<string, string> | null = null;
  #changes: StateChange[] = [];
  #removed: string[] = [];
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
    this.#changes = this.#changes.filter((change) => change.cameraId !== cameraId);
    for (const type of ['camera.state', 'detection.freshness']) {
      this.#told?.delete(`${cameraId} ${type}`);
    }
    this.#removed.push(cameraId);
    void this.#keep();
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
    const last = this.#changes.findLast(
      (change) => change.cameraId === cameraId && change.told.type === told.type,
    );
    const known =
      last === undefined ? this.#told?.get(`${cameraId} ${told.type}`) : valueOf(last.told);
    if (known === valueOf(told)) return;
    this.#changes.push({ cameraId, at: this.#parts.clock.now(), told });
    if (this.#changes.length > MOST_CHANGES) this.#changes.shift();
    void this.#keep();
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
    const { outbox, feeder } = this.#parts;
    this.#told ??= await outbox.toldStates();
    for (let id = this.#removed[0]; id !== undefined; id = this.#removed[0]) {
      await outbox.forgetStates(id);
      this.#removed.shift();
    }
    while (this.#changes.length > 0) {
      const batch = [...this.#changes];
      const news = unlike(this.#told, batch);
      if (news.length > 0) await outbox.tellStates(news);
      for (const { cameraId, told } of news) {
        this.#told.set(`${cameraId} ${told.type}`, valueOf(told));
      }
      this.#changes = this.#changes.filter((change) => !batch.includes(change));
      if (news.length > 0) feeder.feedSoon();
    }
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
