import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';

/** What a receiver may do with a request. `lost` takes the message, but its answer gets lost. */
export type Mood = 'take' | 'refuse' | 'break' | 'lost' | 'silence';

/** Of a hundred requests twenty fail, in every way that a receiver can fail. */
const MOODS: readonly (readonly [Mood, number])[] = [
  ['refuse', 0.1],
  ['break', 0.05],
  ['lost', 0.04],
  ['silence', 0.01],
];

/** A message that was taken. */
export interface Taken {
  /** Its `webhook-id`. */
  readonly id: string;
  /** By `Date.now`. */
  readonly at: number;
}

/** A receiver of webhooks that fails at random until it is told not to. */
export class FickleReceiver {
  /** In order; a message that came twice is in it twice. */
  readonly taken: Taken[] = [];
  readonly requests: Record<Mood, number> = { take: 0, refuse: 0, break: 0, lost: 0, silence: 0 };
  /** Requests that were not signed as they should be. */
  forged = 0;
  isFickle = true;
  #verifier: Webhook | null = null;
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      this.#receive(request, response).catch(() => request.destroy());
    });
  }

  static async start(): Promise<FickleReceiver> {
    const receiver = new FickleReceiver();
    receiver.#server.listen(0, '127.0.0.1');
    await once(receiver.#server, 'listening');
    return receiver;
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${String(port)}/`;
  }

  /** @param secret - as Lookout gave it when the webhook was made */
  expect(secret: string): void {
    this.#verifier = new Webhook(secret);
  }

  async stop(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    if (!this.#isSigned(request, body)) this.forged += 1;
    const mood = this.isFickle ? moodOf(Math.random()) : 'take';
    this.requests[mood] += 1;
    if (mood === 'take' || mood === 'lost') {
      this.taken.push({ id: String(request.headers['webhook-id']), at: Date.now() });
    }
    if (mood === 'take') response.writeHead(204).end();
    else if (mood === 'refuse') response.writeHead(500).end();
    else if (mood !== 'silence') request.socket.destroy();
  }

  #isSigned({ headers }: IncomingMessage, body: Buffer): boolean {
    const text = Object.entries(headers).map(([name, value]) => [name, String(value)]);
    try {
      this.#verifier?.verify(body.toString(), Object.fromEntries(text) as Record<string, string>);
      return this.#verifier !== null;
    } catch {
      return false;
    }
  }
}

/** @param chance - 0 to 1 */
export function moodOf(chance: number): Mood {
  let from = 0;
  for (const [mood, share] of MOODS) {
    from += share;
    if (chance < from) return mood;
  }
  return 'take';
}
