import type { EventPage, PresenceEvent } from '@lookout/contracts';
import { Inject, Injectable, NotFoundException, ServiceUnavailableException } from '@nestjs/common';
import { maySee, type Principal } from '../access/principal.ts';
import { CameraWatch } from '../status/camera-watch.ts';
import { annotate } from '../live/snapshot/annotation.ts';
import { encodeCursor } from './event-cursor.ts';
import { EventPictures } from './event-pictures.ts';
import type { EventFilter } from './event-filter.ts';
import { EventRecorder } from './event-recorder.ts';
import { eventOf } from './event-view.ts';
import { EventsNotKept } from './events-not-kept.ts';
import { EVENTS_REPOSITORY, type EventsRepository, type StoredEvent } from './events.repository.ts';

/** JPEG quality of a picture that was drawn on. */
const QUALITY = 85;

/** The picture of an event, not yet read. */
interface EventSnapshot {
  /** ms since the Unix epoch. */
  readonly capturedAt: number;
  /** @throws NotFoundException when there is none */
  plain(): Promise<Uint8Array>;
  /** With its boxes drawn. @throws NotFoundException when there is none */
  annotated(): Promise<Uint8Array>;
}

/** What happened in front of the cameras, as far as the caller may know. */
@Injectable()
export class EventsService {
  constructor(
    @Inject(EVENTS_REPOSITORY) private readonly repository: EventsRepository,
    private readonly recorder: EventRecorder,
    private readonly pictures: EventPictures,
    private readonly watch: CameraWatch,
  ) {}

  async page(filter: EventFilter, caller: Principal): Promise<EventPage> {
    const { cameraId, cursor, limit, ...rest } = filter;
    if (cameraId !== undefined && !maySee(caller, cameraId)) return { items: [], nextCursor: null };
    const { cameraIds } = caller;
    const found = await this.repository.list({
      ...rest,
      cameraIds: cameraId === undefined ? cameraIds : [cameraId],
      since:
        cameraIds === null ? undefined : new Map(cameraIds.map((id) => [id, this.#madeAt(id)])),
      after: cursor,
      limit: limit + 1,
    });
    const items = found.slice(0, limit);
    const last = items.at(-1);
    const more = found.length > limit && last !== undefined;
    return { items: items.map(eventOf), nextCursor: more ? encodeCursor(last) : null };
  }

  /** @throws NotFoundException */
  async get(id: string, caller: Principal): Promise<PresenceEvent> {
    return eventOf(await this.#find(id, caller));
  }

  /** @throws NotFoundException when there is no such event, or no picture of it */
  async snapshot(id: string, caller: Principal): Promise<EventSnapshot> {
    const { snapshot } = await this.#find(id, caller);
    if (snapshot === null) throw noPicture();
    const { frame, capturedAt, detections } = snapshot;
    const plain = async (): Promise<Uint8Array> => {
      const jpeg = await this.pictures.read(id, frame);
      if (jpeg === null) throw noPicture();
      return jpeg;
    };
    return {
      capturedAt,
      plain,
      annotated: async () => annotate(await plain(), detections, QUALITY),
    };
  }

  /**
   * @throws NotFoundException
   * @throws ServiceUnavailableException when the database cannot be written now
   */
  async delete(id: string, caller: Principal): Promise<void> {
    const { cameraId } = await this.#find(id, caller);
    try {
      await this.recorder.delete(cameraId, id);
    } catch (error) {
      if (!(error instanceof EventsNotKept)) throw error;
      throw new ServiceUnavailableException(`The event is not deleted. ${error.message}`);
    }
  }

  async #find(id: string, caller: Principal): Promise<StoredEvent> {
    const event = await this.repository.find(id);
    const seen =
      event !== undefined &&
      maySee(caller, event.cameraId) &&
      (caller.cameraIds === null || event.startedAt >= this.#madeAt(event.cameraId));
    if (!seen) {
      throw new NotFoundException(`There is no event "${id}"`);
    }
    return event;
  }

  /**
   * Who is limited to a camera may not see what an earlier one of that id saw.
   * @returns ms since the Unix epoch
   */
  #madeAt(cameraId: string): number {
    const made = this.watch.get(cameraId)?.camera.createdAt;
    return made === undefined ? Infinity : Date.parse(made);
  }
}

function noPicture(): NotFoundException {
  return new NotFoundException('There is no picture of this event');
}
