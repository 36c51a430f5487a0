import type { Camera } from '@lookout/contracts';
import type { Clock } from '@lookout/timing';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { CLOCK, HOST_ID } from '../tokens.ts';
import { CameraSession, type SessionSurroundings } from './camera-session.ts';
import { EPOCHS, type Epochs } from './epochs.ts';
import { FrameFanOut } from './frame-fan-out.ts';
import { FRAME_SOURCE, type FrameSource } from './frame-source.ts';

/** Decoders that start together take the processor from each other and from the picture. */
const STAGGER_MS = 200;

/** Runs a session for each camera. */
@Injectable()
export class CaptureService implements OnModuleDestroy {
  readonly #sessions = new Map<string, CameraSession>();
  readonly #around: SessionSurroundings;
  #nextStart = -Infinity;

  constructor(
    @Inject(FRAME_SOURCE) source: FrameSource,
    @Inject(EPOCHS) epochs: Epochs,
    @Inject(CLOCK) clock: Clock,
    @Inject(HOST_ID) host: string,
    private readonly fanOut: FrameFanOut,
  ) {
    this.#around = { source, epochs, fanOut, clock, host, random: () => Math.random() };
  }

  /** @param cameras - all that there are */
  begin(cameras: readonly Camera[]): void {
    for (const camera of cameras) this.add(camera);
    this.fanOut.camerasKnown();
  }

  add(camera: Camera): void {
    const session = new CameraSession(camera, this.#around);
    this.#sessions.set(camera.id, session);
    this.fanOut.cameraAdded(camera);
    const now = this.#around.clock.monotonic();
    const start = Math.max(now, this.#nextStart);
    this.#nextStart = start + STAGGER_MS;
    session.start(start - now);
  }

  change(camera: Camera): void {
    this.fanOut.cameraChanged(camera);
    this.#sessions.get(camera.id)?.change(camera);
  }

  /** Process id of the camera's decoder; `undefined` while none runs. */
  decoderPid(cameraId: string): number | undefined {
    return this.#sessions.get(cameraId)?.decoderPid;
  }

  async remove(cameraId: string): Promise<void> {
    const session = this.#sessions.get(cameraId);
    this.#sessions.delete(cameraId);
    const stopped = session?.stop();
    this.fanOut.cameraRemoved(cameraId);
    await stopped;
  }

  async onModuleDestroy(): Promise<void> {
    const sessions = [...this.#sessions.values()];
    this.#sessions.clear();
    await Promise.all(sessions.map((session) => session.stop()));
  }
}
