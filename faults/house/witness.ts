import {
  type CameraStatus,
  compareFrames,
  type FrameId,
  LIVE_NAMESPACE,
  type LiveEvents,
  type ViewerEvents,
} from '@lookout/contracts';
import { io, type Socket } from 'socket.io-client';

/** A frame or result as it came. */
export interface Seen {
  readonly epoch: number;
  readonly sequence: number;
  /** By `performance.now`. */
  readonly at: number;
  /** From capture to publishing, in ms; 0 for a frame. */
  readonly ageMs: number;
}

/** A status as it came over the socket. */
export interface ToldStatus {
  /** By `performance.now`. */
  readonly at: number;
  readonly status: CameraStatus;
}

/** A time in which the witness itself could not run, by `performance.now`. */
export interface Standstill {
  readonly from: number;
  readonly to: number;
}

const TICK_MS = 20;
const LATE_MS = 30;

/** What one camera's viewer saw. */
export class CameraNotes {
  readonly frames: Seen[] = [];
  readonly results: Seen[] = [];
  readonly statuses: ToldStatus[] = [];
}

/** A viewer that acknowledges at once, watches again after each reconnect, and notes all it sees. */
export class Witness {
  /** Frames and results that were not newer than all before. */
  readonly repeats: string[] = [];
  readonly standstills: Standstill[] = [];
  #tickedAt = performance.now();
  readonly #ticks = setInterval(() => {
    this.#tick();
  }, TICK_MS);
  readonly #socket: Socket<LiveEvents, ViewerEvents>;
  readonly #notes = new Map<string, CameraNotes>();

  constructor(url: string, token: string) {
    this.#socket = io(`${url}${LIVE_NAMESPACE}`, {
      auth: { token },
      transports: ['websocket'],
      reconnectionDelay: 200,
      reconnectionDelayMax: 400,
    });
    this.#socket.on('connect', () => {
      for (const cameraId of this.#notes.keys()) this.#socket.emit('watch', { cameraId });
    });
    this.#socket.on('frame', (meta, _jpeg, ack) => {
      ack({ drawnAfterMs: 0 });
      this.#note('frame', this.of(meta.cameraId).frames, meta, 0);
    });
    this.#socket.on('detections', (result) => {
      const ageMs = result.completedAt - result.capturedAt;
      this.#note('result', this.of(result.cameraId).results, result, ageMs);
    });
    this.#socket.on('status', (status) => {
      this.of(status.cameraId).statuses.push({ at: performance.now(), status });
    });
  }

  watch(cameraId: string): void {
    this.of(cameraId);
    if (this.#socket.connected) this.#socket.emit('watch', { cameraId });
  }

  of(cameraId: string): CameraNotes {
    let notes = this.#notes.get(cameraId);
    if (notes === undefined) this.#notes.set(cameraId, (notes = new CameraNotes()));
    return notes;
  }

  close(): void {
    clearInterval(this.#ticks);
    this.#socket.disconnect();
  }

  /** Timers come before sockets: what came meanwhile is seen after this. */
  #tick(): void {
    const from = this.#tickedAt + TICK_MS;
    const to = (this.#tickedAt = performance.now());
    if (to - from > LATE_MS) this.standstills.push({ from, to });
  }

  #note(what: string, list: Seen[], id: FrameId, ageMs: number): void {
    const { cameraId, epoch, sequence } = id;
    const last = list.at(-1);
    if (last !== undefined && compareFrames({ epoch, sequence }, last) <= 0) {
      this.repeats.push(`${what} ${String(epoch)}/${String(sequence)} of ${cameraId}`);
    }
    list.push({ epoch, sequence, at: performance.now(), ageMs });
  }
}
