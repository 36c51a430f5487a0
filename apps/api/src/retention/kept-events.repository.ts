import type { InjectionToken } from '@nestjs/common';

/** An event as retention sees it. */
export interface KeptEvent {
  readonly id: string;
  readonly cameraId: string;
  readonly label: string;
  /** ms since the Unix epoch; `null` while it goes on, and it is never deleted then. */
  readonly endedAt: number | null;
  /** Name of the file with its picture; `null` when it has none. */
  readonly picture: string | null;
  /** What it takes in the database, about. */
  readonly rowBytes: number;
}

/** The events that are kept, and their end. */
export interface KeptEventsRepository {
  list(): Promise<KeptEvent[]>;
  /** All of these at once, those that have ended. */
  delete(ids: readonly string[]): Promise<void>;
}

export const KEPT_EVENTS_REPOSITORY: InjectionToken<KeptEventsRepository> =
  Symbol('KeptEventsRepository');
