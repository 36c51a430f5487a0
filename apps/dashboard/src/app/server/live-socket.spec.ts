import { TestBed } from '@angular/core/testing';
import { ManualClock } from '@lookout/timing';
import { describe, expect, it, vi } from 'vitest';
import { exampleFrame, exampleResult, exampleStatus } from '../../testing/examples.ts';
import { FakeLiveClient } from '../../testing/fake-live-client.ts';
import { CLOCK } from '../shell/clock.ts';
import { LIVE_CLIENT, LiveSocket } from './live-socket.ts';
import { FETCH } from './rest.ts';

function setUp(sessionStatus = 200) {
  const client = new FakeLiveClient();
  const clock = new ManualClock();
  const fetch = vi.fn(() => Promise.resolve(new Response('{}', { status: sessionStatus })));
  TestBed.configureTestingModule({
    providers: [
      { provide: CLOCK, useValue: clock },
      { provide: LIVE_CLIENT, useValue: () => client.asClient() },
      { provide: FETCH, useValue: fetch },
    ],
  });
  const socket = TestBed.inject(LiveSocket);
  const listener = { frame: vi.fn(), detections: vi.fn(), heard: vi.fn() };
  socket.open();
  return { client, clock, fetch, socket, listener };
}

describe('LiveSocket', () => {
  it('watches what was wished for, again after each reconnect', () => {
    const { client, socket, listener } = setUp();
    socket.watch('gate', 'live', listener);
    expect(client.sent).toEqual([]);
    client.receive('connect');
    socket.watch('gate', 'exact', listener);
    client.receive('disconnect', 'transport close');
    expect(socket.state()).toBe('lost');
    client.receive('connect');
    expect(client.sent.map(([event, wish]) => [event, wish])).toEqual([
      ['watch', { cameraId: 'gate', mode: 'live' }],
      ['watch', { cameraId: 'gate', mode: 'exact' }],
      ['watch', { cameraId: 'gate', mode: 'exact' }],
    ]);
  });

  it('hands on what comes to whoever watches that camera', () => {
    const { client, socket, listener } = setUp();
    client.receive('connect');
    socket.watch('gate', 'live', listener);
    const ack = vi.fn();
    const jpeg = new ArrayBuffer(0);
    client.receive('frame', exampleFrame(), jpeg, ack);
    client.receive('detections', exampleResult());
    client.receive('status', exampleStatus());
    client.receive('status', exampleStatus({ cameraId: 'yard' }));
    expect(listener.frame).toHaveBeenCalledExactlyOnceWith(exampleFrame(), jpeg, ack);
    expect(listener.detections).toHaveBeenCalledExactlyOnceWith(exampleResult());
    expect(listener.heard).toHaveBeenCalledExactlyOnceWith(exampleStatus());
    expect(ack).not.toHaveBeenCalled();
  });

  it('asks again when the server refuses a wish, as long as it is one', () => {
    const { client, clock, socket, listener } = setUp();
    client.receive('connect');
    socket.watch('gate', 'live', listener);
    client.answer({ ok: false, error: 'too many requests' });
    clock.advance(1000);
    expect(client.sent).toHaveLength(2);
    client.answer({ ok: false, error: 'there is no camera "gate"' });
    socket.unwatch('gate');
    clock.advance(5000);
    expect(client.sent.map(([event]) => event)).toEqual(['watch', 'watch', 'unwatch']);
  });

  it('leaves no frame unanswered that comes after its watch has ended', () => {
    const { client, socket, listener } = setUp();
    client.receive('connect');
    socket.watch('gate', 'live', listener);
    socket.unwatch('gate');
    const ack = vi.fn();
    client.receive('frame', exampleFrame(), new ArrayBuffer(0), ack);
    expect(ack).toHaveBeenCalledOnce();
    expect(listener.frame).not.toHaveBeenCalled();
    expect(client.sent.at(-1)).toEqual(['unwatch', { cameraId: 'gate' }]);
  });

  it('says since when the connection is lost, however often it is tried', () => {
    const { client, clock, socket } = setUp();
    client.receive('connect');
    clock.advance(5000);
    const lostAt = clock.now();
    client.receive('disconnect', 'transport close');
    clock.advance(3000);
    client.receive('connect_error', new Error('refused'));
    expect([socket.state(), socket.since()]).toEqual(['lost', lostAt]);
  });

  it('comes back by itself when it was turned away although a session is open', async () => {
    const { client, clock } = setUp();
    client.active = false;
    client.connect.mockClear();
    client.receive('connect_error', new Error('unauthorized'));
    clock.advance(1000);
    await vi.waitFor(() => {
      expect(client.connect).toHaveBeenCalledOnce();
    });
  });

  it('stays away when the session has ended', async () => {
    const { client, clock, fetch } = setUp(401);
    client.active = false;
    client.connect.mockClear();
    client.receive('connect_error', new Error('unauthorized'));
    await clock.advanceAsync(1000);
    await clock.advanceAsync(5000);
    expect(fetch).toHaveBeenCalledOnce();
    expect(client.connect).not.toHaveBeenCalled();
  });
});
