import { request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { Webhook } from 'standardwebhooks';
import type { AddressRules } from '../sources/address-rules.ts';
import type { Parcel } from './outbox.ts';

/** More of an answer is not read. */
const ANSWER_BYTES = 64 * 1024;

/** What sending needs to know of where it is. */
export interface SenderParts {
  readonly rules: AddressRules;
  /** Resolves names, and refuses forbidden addresses. */
  readonly lookup: LookupFunction;
  readonly userAgent: string;
}

/** Sends signed messages, one request each, on a connection of its own. */
export class HttpSender {
  readonly #parts: SenderParts;

  constructor(parts: SenderParts) {
    this.#parts = parts;
  }

  /**
   * @param at - ms since the Unix epoch; the receiver's `webhook-timestamp`
   * @param signal - ends the try
   * @returns status of the answer, whatever it is; redirects are not followed
   * @throws Error when there is no answer
   */
  async send(parcel: Parcel, at: number, signal: AbortSignal): Promise<number> {
    const url = new URL(parcel.url);
    // Addresses are connected to without being looked up.
    const refusal = this.#parts.rules.refusalOfHost(url.hostname);
    if (refusal !== null) throw new Error(refusal);
    const body = Buffer.from(parcel.body);
    const options: RequestOptions = {
      method: 'POST',
      agent: false,
      signal,
      lookup: this.#parts.lookup,
      headers: {
        ...signatureHeaders(parcel, at),
        'content-type': 'application/json',
        'content-length': body.byteLength,
        'user-agent': this.#parts.userAgent,
      },
    };
    return new Promise((resolve, reject) => {
      const send = url.protocol === 'https:' ? requestHttps : requestHttp;
      const request = send(url, options);
      const failed = (error: Error) => {
        reject(plain(error));
      };
      const closed = () => {
        reject(new Error('The receiver closed the connection'));
      };
      request.on('error', failed);
      request.on('close', closed);
      request.on('response', (answer) => {
        const answered = () => {
          resolve(answer.statusCode ?? 0);
        };
        // The status is the answer; a body that is long or breaks off does not change it.
        request.off('error', failed).off('close', closed).on('error', answered);
        readAway(answer, answered);
      });
      // Node takes a change of protocol for no answer, and lets go of the connection's errors with it.
      request.on('upgrade', ({ statusCode }, socket) => {
        socket.destroy();
        resolve(statusCode ?? 0);
      });
      request.end(body);
    });
  }
}

/** As the Standard Webhooks specification has them: one signature for each secret that is valid. */
export function signatureHeaders(
  { secrets, messageId, body }: Pick<Parcel, 'secrets' | 'messageId' | 'body'>,
  at: number,
): Record<string, string> {
  const valid = (secrets ?? []).filter(({ until }) => until === null || until > at);
  if (valid.length === 0) {
    throw new Error(
      'The secret is kept sealed, and the key is missing: put it back into secrets.key, or rotate',
    );
  }
  const signatures = valid.map(({ secret }) =>
    new Webhook(secret).sign(messageId, new Date(at), body),
  );
  return {
    'webhook-id': messageId,
    'webhook-timestamp': String(Math.floor(at / 1000)),
    'webhook-signature': signatures.join(' '),
  };
}

/** What OpenSSL says of another protocol is for its own developers. */
function plain(error: Error): Error {
  if (!('code' in error) || error.code !== 'EPROTO') return error;
  return new Error('The receiver does not speak TLS as https wants it', { cause: error });
}

function readAway(answer: IncomingMessage, done: () => void): void {
  let bytes = 0;
  answer.on('data', (chunk: Buffer) => {
    bytes += chunk.byteLength;
    if (bytes > ANSWER_BYTES) answer.destroy();
  });
  answer.on('error', done);
  answer.on('close', done);
}
