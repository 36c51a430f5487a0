import type { InjectionToken } from '@nestjs/common';

/** Free bytes below which the disk of the data folder is called almost full. */
export const LOW_DISK_BYTES: InjectionToken<number> = Symbol('LowDiskBytes');
