import type { Provider } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import type { Camera } from '@lookout/contracts';
import { ManualClock } from '@lookout/timing';
import { vi } from 'vitest';
import { Cameras } from '../app/cameras/cameras.ts';
import { LIVE_CLIENT, LiveSocket } from '../app/server/live-socket.ts';
import { FETCH } from '../app/server/rest.ts';
import { Session } from '../app/session/session.ts';
import { CLOCK } from '../app/shell/clock.ts';
import { CameraWatches, DECODE } from '../app/watch/camera-watches.ts';
import { exampleCamera } from './examples.ts';
import { FakeLiveClient } from './fake-live-client.ts';

/** A page with these cameras, connected to a server that a test plays. */
export function setUpPage(cameras: Camera[] = [exampleCamera()], providers: Provider[] = []) {
  const clock = new ManualClock();
  const client = new FakeLiveClient();
  const fetch = vi.fn<(path: string, init: RequestInit) => Promise<Response>>(() =>
    Promise.reject(new TypeError('nothing answers but what the test lets')),
  );
  TestBed.configureTestingModule({
    providers: [
      provideRouter([]),
      { provide: CLOCK, useValue: clock },
      { provide: LIVE_CLIENT, useValue: () => client.asClient() },
      { provide: FETCH, useValue: fetch },
      { provide: DECODE, useValue: () => new Promise(() => undefined) },
      ...providers,
    ],
  });
  TestBed.inject(Session).role.set('admin');
  TestBed.inject(Cameras).told.set(cameras);
  const watches = TestBed.inject(CameraWatches);
  TestBed.inject(LiveSocket).open();
  client.receive('connect');
  return { clock, client, fetch, watches };
}
