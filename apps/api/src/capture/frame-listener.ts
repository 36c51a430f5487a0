import type { Camera, CameraState, Frame } from '@lookout/contracts';

/** Where a camera's capture is in its life. */
export interface CaptureState {
  readonly state: CameraState;
  /** ms since the Unix epoch. */
  readonly since: number;
  /** In words for a person, without credentials; `null` when all is well. */
  readonly reason: string | null;
}

/**
 * `ended`: the decoder ended by itself; `stalled`: it gave no frame for too long; `failed`: it could
 * not begin; `changed`: the camera's settings did.
 */
export type RestartCause = 'ended' | 'stalled' | 'failed' | 'changed';

/**
 * Whoever wants frames or news of cameras registers one of these at the fan-out. Calls are
 * synchronous, in order, and must return at once: the fan-out waits for nobody. Frames reach only
 * the method for the rate they were paced to.
 */
export interface FrameListener {
  /** A camera begins to exist here: at the start of the api, or when it was made. */
  cameraAdded?(camera: Camera): void;
  /** All cameras that there were at the start of the api are added. */
  camerasKnown?(): void;
  /** A camera's settings changed; `camera` is the new version. */
  cameraChanged?(camera: Camera): void;
  /** A camera was deleted. */
  cameraRemoved?(cameraId: string): void;
  /** The camera's capture changed its state or reason. */
  captureState?(cameraId: string, state: CaptureState): void;
  /** The camera's capture is begun once more; why, in one word fit for a metric's label. */
  captureRestarted?(cameraId: string, cause: RestartCause): void;
  /**
   * A frame came from the decoder, at the source's own pace: whether it is captured is decided next.
   * @param at - monotonic, in ms
   */
  arrived?(cameraId: string, at: number): void;
  /** What came from the decoder as a frame is none, and is lost. */
  broken?(cameraId: string): void;
  /** Every captured frame, at `captureFps` at most. */
  captured?(frame: Frame): void;
  /** Frames for viewers, at `liveFps`, whether any watch or not. */
  live?(frame: Frame): void;
  /** Frames for the detector, at `detectFps`, while detection is enabled. */
  offered?(frame: Frame): void;
}
