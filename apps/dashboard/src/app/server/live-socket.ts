import { inject, Injectable, InjectionToken, signal } from '@angular/core';
import {
  LIVE_NAMESPACE,
  type LiveEvents,
  type ViewerEvents,
  type WatchMode,
} from '@lookout/contracts';
import { io, type Socket } from 'socket.io-client';
import { CLOCK } from '../shell/clock.ts';
import { RequestFailure } from './request-failure.ts';
import { Rest } from './rest.ts';

const RETRY_MS = 1000;

export type LiveClient = Pick<
  Socket<LiveEvents, ViewerEvents>,
  'on' | 'emit' | 'connect' | 'disconnect' | 'active'
>;

export const LIVE_CLIENT = new InjectionToken<() => LiveClient>('LiveClient', {
  providedIn: 'root',
  factory: () => () =>
    io(LIVE_NAMESPACE, {
      autoConnect: false,
      transports: ['websocket', 'polling'],
      reconnectionDelay: 500,
      reconnectionDelayMax: 3000,
    }),
});

/** Whoever wants what the server sends of one camera. */
export interface LiveListener {
  frame: LiveEvents['frame'];
  detections: LiveEvents['detections'];
  heard: LiveEvents['status'];
}

interface Wish {
  readonly mode: WatchMode;
  readonly listener: LiveListener;
}

export type LinkState = 'connecting' | 'connected' | 'lost';

/** The one live connection: watches what is wished for, again after each reconnect. */
@Injectable({ providedIn: 'root' })
export class LiveSocket {
  readonly #rest = inject(Rest);
  readonly #clock = inject(CLOCK);
  readonly #connect = inject(LIVE_CLIENT);
  readonly #watched = new Map<string, Wish>();
  readonly #hearers = new Set<LiveEvents['event']>();
  #client: LiveClient | undefined;

  readonly state = signal<LinkState>('connecting');
  /** When the state began, in ms of the browser's wall clock. */
  readonly since = signal(this.#clock.now());

  open(): void {
    if (this.#client !== undefined) return;
    const client = this.#connect();
    this.#client = client;
    client.on('connect', () => {
      this.#enter('connected');
      for (const [cameraId, wish] of this.#watched) this.#ask(client, cameraId, wish);
    });
    client.on('connect_error', () => {
      this.#lost(client);
    });
    client.on('disconnect', () => {
      this.#lost(client);
    });
    client.on('frame', (meta, jpeg, ack) => {
      const listener = this.#watched.get(meta.cameraId)?.listener;
      // A frame that comes after its watch has ended: the server must not wait for it later.
      if (listener === undefined) ack();
      else listener.frame(meta, jpeg, ack);
    });
    client.on('detections', (result) => {
      this.#watched.get(result.cameraId)?.listener.detections(result);
    });
    client.on('status', (status) => {
      this.#watched.get(status.cameraId)?.listener.heard(status);
    });
    client.on('event', (notice) => {
      for (const hear of this.#hearers) hear(notice);
    });
    client.connect();
  }

  /**
   * Hears of the events of every camera that is watched.
   * @returns ends the calls
   */
  onEvent(hear: LiveEvents['event']): () => void {
    this.#hearers.add(hear);
    return () => this.#hearers.delete(hear);
  }

  close(): void {
    this.#client?.disconnect();
    this.#client = undefined;
    this.#enter('connecting');
  }

  watch(cameraId: string, mode: WatchMode, listener: LiveListener): void {
    const wish = { mode, listener };
    this.#watched.set(cameraId, wish);
    if (this.#client !== undefined && this.state() === 'connected') {
      this.#ask(this.#client, cameraId, wish);
    }
  }

  unwatch(cameraId: string): void {
    if (!this.#watched.delete(cameraId)) return;
    if (this.state() === 'connected') this.#client?.emit('unwatch', { cameraId });
  }

  #ask(client: LiveClient, cameraId: string, wish: Wish): void {
    client.emit('watch', { cameraId, mode: wish.mode }, ({ ok }) => {
      if (ok) return;
      this.#clock.after(RETRY_MS, () => {
        const wanted = client === this.#client && this.#watched.get(cameraId) === wish;
        if (wanted && this.state() === 'connected') this.#ask(client, cameraId, wish);
      });
    });
  }

  #lost(client: LiveClient): void {
    if (client !== this.#client) return;
    this.#enter('lost');
    if (client.active) return;
    // Refused at the door rather than cut off, so the client gave up: REST says whether it may return.
    this.#clock.after(RETRY_MS, () => {
      if (client !== this.#client) return;
      this.#rest.get('/api/v1/session').then(
        () => client.connect(),
        (error: unknown) => {
          if (error instanceof RequestFailure && error.status === 401) return;
          this.#lost(client);
        },
      );
    });
  }

  #enter(state: LinkState): void {
    if (this.state() === state) return;
    this.state.set(state);
    this.since.set(this.#clock.now());
  }
}
