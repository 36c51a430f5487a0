import type { Config } from '@lookout/config';
import type { DetectionFeed } from '@lookout/detection-feed';
import type { FrameMailbox, WorkerRoster } from '@lookout/frame-mailbox';
import type { FrameTraces } from '@lookout/frame-traces';
import type { Clock } from '@lookout/timing';
import type { InjectionToken } from '@nestjs/common';
import type { Redis } from 'ioredis';

// Ports are interfaces, which leave nothing behind at run time for Nest to inject by.
export const CONFIG: InjectionToken<Config> = Symbol('Config');
/** Of Lookout, as package.json has it. */
export const VERSION: InjectionToken<string> = Symbol('Version');
/** Holds the catalog of models, and their files where this machine has them. */
export const MODELS_FOLDER: InjectionToken<string> = Symbol('ModelsFolder');
export const CLOCK: InjectionToken<Clock> = Symbol('Clock');
/** Id of the host and boot, for ages by the monotonic clock. */
export const HOST_ID: InjectionToken<string> = Symbol('HostId');
/** Groups that take every camera's frames at their own pace, each with books of its own. */
export const CONSUMERS: InjectionToken<readonly string[]> = Symbol('Consumers');
export const FRAME_MAILBOX: InjectionToken<FrameMailbox> = Symbol('FrameMailbox');
export const WORKER_ROSTER: InjectionToken<WorkerRoster> = Symbol('WorkerRoster');
export const DETECTION_FEED: InjectionToken<DetectionFeed> = Symbol('DetectionFeed');
export const FRAME_TRACES: InjectionToken<FrameTraces> = Symbol('FrameTraces');
/** The connection behind mailbox, roster and feed, for reading Redis' own health. */
export const REDIS: InjectionToken<Redis> = Symbol('Redis');
