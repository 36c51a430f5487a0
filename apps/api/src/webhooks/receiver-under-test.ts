import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebhookMessage, webhookMessageSchema } from '@lookout/contracts';
import { Webhook } from 'standardwebhooks';

/** One request that a receiver got. */
export interface Received {
  /** Its `webhook-id`. */
  readonly id: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly message: WebhookMessage;
}

/** What a receiver does with a request: an answer's status, or whatever it wants. */
export type Reaction = (received: Received, response: ServerResponse) => number | undefined;

/** A real receiver of webhooks, on loopback. */
export interface Receiver {
  readonly url: string;
  /** All requests, in order. */
  readonly received: Received[];
  react: Reaction;
  stop(): Promise<void>;
}

export async function startReceiver(react: Reaction = () => 200): Promise<Receiver> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      const message = webhookMessageSchema.parse(JSON.parse(body));
      const { headers, url: path = '' } = request;
      const received = { id: String(headers['webhook-id']), path, headers, body, message };
      receiver.received.push(received);
      const status = receiver.react(received, response);
      if (status !== undefined) response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const receiver: Receiver = {
    url: `http://127.0.0.1:${String(port)}/hook`,
    received: [],
    react,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
  return receiver;
}

/** Whether a request is signed with the secret, in the words of the specification's own library. */
export function isSigned({ headers, body }: Pick<Received, 'headers' | 'body'>, secret: string) {
  const named = Object.entries(headers).map(([name, value]) => [name, String(value)]);
  try {
    new Webhook(secret).verify(body, Object.fromEntries(named) as Record<string, string>);
    return true;
  } catch {
    return false;
  }
}
