import type { InjectionToken } from '@nestjs/common';

/** Numbers the captures of each camera id, through restarts and through deletion of the camera. */
export interface Epochs {
  /**
   * One more than ever before for this id; kept for good before it is returned, or as soon as the
   * disk takes it: a capture does not wait for that.
   */
  next(cameraId: string): Promise<number>;
}

export const EPOCHS: InjectionToken<Epochs> = Symbol('Epochs');
