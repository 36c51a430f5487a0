import { Injectable } from '@nestjs/common';
import { Audience } from '../live/audience.ts';
import { EventRecorder } from './event-recorder.ts';

/** Tells whoever watches a camera of its events. */
@Injectable()
export class EventAnnouncer {
  constructor(recorder: EventRecorder, audience: Audience) {
    recorder.onTurn((notice) => {
      audience.event(notice);
    });
  }
}
