import type { Detection } from '@lookout/contracts';
import type { PresenceMemory, Position, Stay, Turn } from '@lookout/presence';
import type { InjectionToken } from '@nestjs/common';

/** The frame of which an event has a picture. */
export interface StoredSnapshot {
  /** Says which file it is; `null` for events that were kept before files were named by it. */
  readonly frame: Position | null;
  /** ms since the Unix epoch. */
  readonly capturedAt: number;
  readonly confidence: number;
  /** What was seen in it of the event's label. */
  readonly detections: readonly Detection[];
}

/** An event as it is kept. */
export interface StoredEvent extends Stay {
  readonly cameraId: string;
  readonly snapshot: StoredSnapshot | null;
}

/** What happened to a stay of a camera. */
export interface CameraTurn extends Turn {
  readonly cameraId: string;
}

/** Everything that is new since the last keeping, to be kept together or not at all. */
export interface Progress {
  /** By camera; `null` for one that is gone. */
  readonly memories: ReadonlyMap<string, PresenceMemory | null>;
  /** As they are now; a `null` snapshot leaves the one that is there. */
  readonly events: readonly StoredEvent[];
  /** What changed a state, in order. */
  readonly turns: readonly CameraTurn[];
}

/** Which events are wanted. Moments are in ms since the Unix epoch. */
export interface EventQuery {
  /** `null`: all. */
  readonly cameraIds: readonly string[] | null;
  /** Of a camera that is in here only those that began from then on. */
  readonly since?: ReadonlyMap<string, number> | undefined;
  readonly label?: string | undefined;
  readonly state?: Stay['state'] | undefined;
  /** Those that were there at some moment from then on. */
  readonly from?: number | undefined;
  /** Those that had begun before then. */
  readonly to?: number | undefined;
  /** Those that come after this one, newest first. */
  readonly after?: { readonly startedAt: number; readonly id: string } | undefined;
  readonly limit: number;
}

/** Where events are kept. */
export interface EventsRepository {
  /** What each camera's events go on from. */
  memories(): Promise<Map<string, PresenceMemory>>;
  keep(progress: Progress): Promise<void>;
  /** Newest start first. */
  list(query: EventQuery): Promise<StoredEvent[]>;
  find(id: string): Promise<StoredEvent | undefined>;
  /** @returns whether there was one */
  delete(id: string): Promise<boolean>;
}

export const EVENTS_REPOSITORY: InjectionToken<EventsRepository> = Symbol('EventsRepository');
