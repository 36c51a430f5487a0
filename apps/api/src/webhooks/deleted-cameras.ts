import type { InjectionToken } from '@nestjs/common';

/** What webhooks still have to do with cameras that were deleted. */
export interface DeletedCameras {
  /** Those of which something was told, and not yet that they are gone. */
  untold(): Promise<string[]>;
  /**
   * Takes them out of the webhooks that name them, once these were told their last. A webhook that
   * names no other is disabled: it must not become one for all cameras.
   */
  takeOut(now: number): Promise<void>;
}

export const DELETED_CAMERAS: InjectionToken<DeletedCameras> = Symbol('DeletedCameras');
