import type { Camera, Frame } from '@lookout/contracts';
import { Injectable } from '@nestjs/common';
import type { CaptureState, FrameListener, RestartCause } from './frame-listener.ts';

/** Hands each frame and each piece of news to every listener; waits for none. */
@Injectable()
export class FrameFanOut {
  readonly #listeners = new Set<FrameListener>();

  /** @returns ends the listening */
  listen(listener: FrameListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  cameraAdded(camera: Camera): void {
    for (const listener of this.#listeners) listener.cameraAdded?.(camera);
  }

  camerasKnown(): void {
    for (const listener of this.#listeners) listener.camerasKnown?.();
  }

  cameraChanged(camera: Camera): void {
    for (const listener of this.#listeners) listener.cameraChanged?.(camera);
  }

  cameraRemoved(cameraId: string): void {
    for (const listener of this.#listeners) listener.cameraRemoved?.(cameraId);
  }

  captureState(cameraId: string, state: CaptureState): void {
    for (const listener of this.#listeners) listener.captureState?.(cameraId, state);
  }

  captureRestarted(cameraId: string, cause: RestartCause): void {
    for (const listener of this.#listeners) listener.captureRestarted?.(cameraId, cause);
  }

  arrived(cameraId: string, at: number): void {
    for (const listener of this.#listeners) listener.arrived?.(cameraId, at);
  }

  broken(cameraId: string): void {
    for (const listener of this.#listeners) listener.broken?.(cameraId);
  }

  captured(frame: Frame): void {
    for (const listener of this.#listeners) listener.captured?.(frame);
  }

  live(frame: Frame): void {
    for (const listener of this.#listeners) listener.live?.(frame);
  }

  offered(frame: Frame): void {
    for (const listener of this.#listeners) listener.offered?.(frame);
  }
}
