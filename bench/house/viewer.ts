import {
  type DetectionResult,
  type EventNotice,
  LIVE_NAMESPACE,
  type LiveEvents,
  type ViewerEvents,
  type WatchReply,
  type WatchRequest,
} from '@lookout/contracts';
import { io, type Socket } from 'socket.io-client';

/** A frame as it came. */
export interface SeenFrame {
  /** By `performance.now`. */
  readonly at: number;
  /** When it arrived here, in ms since it was captured. */
  readonly ageMs: number;
}

/** A result as it came. */
export interface SeenResult {
  /** By `performance.now`. */
  readonly at: number;
  /** Of its frame when it was published, in ms. */
  readonly ageMs: number;
  readonly inferenceMs: number;
}

/** What was told of an event, as it came. */
export interface SeenNotice {
  /** By `Date.now`. */
  readonly at: number;
  readonly notice: EventNotice;
}

/** How a viewer treats a frame that came. */
export interface ViewerHabits {
  /** Acknowledges after so long; `null`: never. */
  readonly ackAfterMs?: number | null;
  /** Gets each picture as well. */
  readonly onFrame?: (capturedAt: number, jpeg: Buffer) => void;
}

/** Where a viewer goes. */
export interface LiveAddress {
  readonly url: string;
  readonly token: string;
}

/** One camera's live view over a real socket; notes when what came. */
export class Viewer {
  readonly frames: SeenFrame[] = [];
  readonly results: SeenResult[] = [];
  readonly notices: SeenNotice[] = [];
  readonly #socket: Socket<LiveEvents, ViewerEvents>;

  private constructor({ url, token }: LiveAddress, { ackAfterMs = 0, onFrame }: ViewerHabits) {
    // A connection of its own, as another browser has it.
    const options = { auth: { token }, transports: ['websocket'], forceNew: true };
    this.#socket = io(`${url}${LIVE_NAMESPACE}`, options);
    this.#socket.on('frame', ({ capturedAt }, jpeg, ack) => {
      this.frames.push({ at: performance.now(), ageMs: Date.now() - capturedAt });
      onFrame?.(capturedAt, asBuffer(jpeg));
      if (ackAfterMs === 0) ack({ drawnAfterMs: 0 });
      else if (ackAfterMs !== null) setTimeout(ack, ackAfterMs, { drawnAfterMs: ackAfterMs });
    });
    this.#socket.on('detections', (result: DetectionResult) => {
      this.results.push({
        at: performance.now(),
        ageMs: result.completedAt - result.capturedAt,
        inferenceMs: result.inferenceMs,
      });
    });
    this.#socket.on('event', (notice) => this.notices.push({ at: Date.now(), notice }));
  }

  /** Connects and watches. @throws Error when the server says no */
  static async open(
    address: LiveAddress,
    request: WatchRequest,
    habits: ViewerHabits = {},
  ): Promise<Viewer> {
    const viewer = new Viewer(address, habits);
    const socket = viewer.#socket;
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    const reply = await new Promise<WatchReply>((resolve) => {
      socket.emit('watch', request, resolve);
    });
    if (!reply.ok) throw new Error(`watch ${request.cameraId}: ${reply.error}`);
    return viewer;
  }

  /** Forgets what came so far. */
  forget(): void {
    this.frames.length = 0;
    this.results.length = 0;
    this.notices.length = 0;
  }

  close(): void {
    this.#socket.disconnect();
  }
}

function asBuffer(jpeg: ArrayBuffer | Uint8Array): Buffer {
  return jpeg instanceof ArrayBuffer
    ? Buffer.from(jpeg)
    : Buffer.from(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength);
}
