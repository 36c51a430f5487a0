import {
  type DetectionResult,
  LIVE_NAMESPACE,
  type LiveEvents,
  type ViewerEvents,
  type WatchReply,
} from '@lookout/contracts';
import { io, type Socket } from 'socket.io-client';

/** A result as it came. */
export interface SeenResult {
  /** By `performance.now`. */
  readonly at: number;
  /** Of its frame when it was published, in ms. */
  readonly ageMs: number;
  readonly inferenceMs: number;
}

/** One camera's live view over a real socket; notes when what came. */
export class Viewer {
  /** When frames arrived, by `performance.now`. */
  readonly frames: number[] = [];
  readonly results: SeenResult[] = [];
  readonly #socket: Socket<LiveEvents, ViewerEvents>;

  private constructor(url: string, token: string) {
    this.#socket = io(`${url}${LIVE_NAMESPACE}`, { auth: { token }, transports: ['websocket'] });
    this.#socket.on('frame', (_meta, _jpeg, ack) => {
      this.frames.push(performance.now());
      ack({ drawnAfterMs: 0 });
    });
    this.#socket.on('detections', (result: DetectionResult) => {
      this.results.push({
        at: performance.now(),
        ageMs: result.completedAt - result.capturedAt,
        inferenceMs: result.inferenceMs,
      });
    });
  }

  static async open(url: string, token: string, cameraId: string): Promise<Viewer> {
    const viewer = new Viewer(url, token);
    const socket = viewer.#socket;
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    const reply = await new Promise<WatchReply>((resolve) => {
      socket.emit('watch', { cameraId }, resolve);
    });
    if (!reply.ok) throw new Error(`watch ${cameraId}: ${reply.error}`);
    return viewer;
  }

  close(): void {
    this.#socket.disconnect();
  }
}
