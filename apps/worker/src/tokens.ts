import type { Config } from '@lookout/config';
import type { DetectionFeed } from '@lookout/detection-feed';
import type { FrameMailbox, WorkerRoster } from '@lookout/frame-mailbox';
import type { FrameTraces } from '@lookout/frame-traces';
import type { Clock } from '@lookout/timing';
import type { InjectionToken } from '@nestjs/common';
import type { Redis } from 'ioredis';
import type { Inspector } from './detector/inspector.ts';

// Ports are interfaces, which leave nothing behind at run time for Nest to inject by.
export const CONFIG: InjectionToken<Config> = Symbol('Config');
export const CLOCK: InjectionToken<Clock> = Symbol('Clock');
/** Id of the host and boot, for ages by the monotonic clock. */
export const HOST_ID: InjectionToken<string> = Symbol('HostId');
/** Unique to this process: in the roster, in leases, and on every result. */
export const WORKER_ID: InjectionToken<string> = Symbol('WorkerId');
export const REDIS: InjectionToken<Redis> = Symbol('Redis');
export const FRAME_MAILBOX: InjectionToken<FrameMailbox> = Symbol('FrameMailbox');
export const WORKER_ROSTER: InjectionToken<WorkerRoster> = Symbol('WorkerRoster');
export const DETECTION_FEED: InjectionToken<DetectionFeed> = Symbol('DetectionFeed');
export const FRAME_TRACES: InjectionToken<FrameTraces> = Symbol('FrameTraces');
export const INSPECTOR: InjectionToken<Inspector> = Symbol('Inspector');
