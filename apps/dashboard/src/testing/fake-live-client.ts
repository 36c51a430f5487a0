import type { WatchReply } from '@lookout/contracts';
import { vi } from 'vitest';
import type { LiveClient } from '../app/server/live-socket.ts';

type Handler = (...args: unknown[]) => void;

/** A live connection that a test speaks through. */
export class FakeLiveClient {
  readonly #handlers = new Map<string, Handler>();
  readonly sent: unknown[][] = [];
  readonly connect = vi.fn();
  readonly disconnect = vi.fn();
  active = true;

  readonly on = (event: string, handler: Handler): void => {
    this.#handlers.set(event, handler);
  };

  readonly emit = (...args: unknown[]): void => {
    this.sent.push(args);
  };

  /** The server's answer to what was sent last. */
  answer(reply: WatchReply): void {
    const last = this.sent.at(-1)?.at(-1);
    if (typeof last === 'function') (last as Handler)(reply);
  }

  /** What the server does. */
  receive(event: string, ...args: unknown[]): void {
    this.#handlers.get(event)?.(...args);
  }

  asClient(): LiveClient {
    return this as unknown as LiveClient;
  }
}
