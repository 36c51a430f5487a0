import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AddressRules } from '../sources/address-rules.ts';
import { guardedLookup } from '../sources/guarded-lookup.ts';
import { NamesUnderTest } from '../sources/names-under-test.ts';
import { HttpSender } from './http-sender.ts';
import { isSigned, type Receiver, startReceiver } from './receiver-under-test.ts';

const NOW = Date.now();
const [OLD, NEW, PAST] = [1, 2, 3].map((fill) => Buffer.alloc(32, fill).toString('base64'));
const body = JSON.stringify({
  ...{ type: 'webhook.test', timestamp: new Date(NOW).toISOString(), data: { webhookId: 'w' } },
});

let receiver: Receiver;
let names: NamesUnderTest;
let sender: HttpSender;

beforeEach(async () => {
  receiver = await startReceiver();
  names = new NamesUnderTest();
  const rules = new AddressRules([]);
  sender = new HttpSender({ rules, lookup: guardedLookup(rules, names), userAgent: 'Lookout/1' });
});

afterEach(() => receiver.stop());

function send(url: string, signal = AbortSignal.timeout(50_000)): Promise<number> {
  const secrets = [
    { secret: `whsec_${String(NEW)}`, until: null },
    { secret: `whsec_${String(OLD)}`, until: NOW + 1000 },
    { secret: `whsec_${String(PAST)}`, until: NOW },
  ];
  const parcel = { url, secrets, body, messageId: 'msg_1', webhookId: 'w' };
  return sender.send({ ...parcel, attempts: 0, createdAt: NOW }, NOW, signal);
}

/** Ends a try as soon as it has the head of an answer. */
function endOfPatience(): AbortSignal {
  const patience = new AbortController();
  const channel = 'http.client.response.finish';
  const headIsThere = () => {
    unsubscribe(channel, headIsThere);
    setImmediate(() => {
      patience.abort();
    });
  };
  subscribe(channel, headIsThere);
  return patience.signal;
}

describe('HttpSender', () => {
  it('signs with each secret that is valid', async () => {
    expect(await send(receiver.url)).toBe(200);
    const [got] = receiver.received;
    if (got === undefined) return expect.unreachable();
    expect(got.headers).toMatchObject({
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(Math.floor(NOW / 1000)),
      'content-type': 'application/json',
      'user-agent': 'Lookout/1',
    });
    expect(isSigned(got, `whsec_${String(NEW)}`)).toBe(true);
    expect(isSigned(got, `whsec_${String(OLD)}`)).toBe(true);
    expect(isSigned(got, `whsec_${String(PAST)}`)).toBe(false);
  });

  it('does not follow a redirect', async () => {
    const other = await startReceiver();
    receiver.react = (_received, response) => {
      response.writeHead(307, { location: other.url }).end();
      return undefined;
    };
    expect(await send(receiver.url)).toBe(307);
    expect(other.received).toEqual([]);
    await other.stop();
  });

  it('takes a change of protocol for an answer that is none, and goes on', async () => {
    receiver.react = (_received, response) => {
      response.socket?.end(
        'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n',
      );
      return undefined;
    };
    expect(await send(receiver.url)).toBe(101);
  });

  it('says that a receiver without TLS has none, in plain words', async () => {
    await expect(send(receiver.url.replace('http:', 'https:'))).rejects.toThrow(
      'The receiver does not speak TLS as https wants it',
    );
  });

  it.each(['http://169.254.169.254/', 'http://[fd00:ec2::254]/', 'http://metadata/'])(
    'refuses to send to %s',
    async (url) => {
      await expect(send(url)).rejects.toThrow(/metadata/);
    },
  );

  it('connects to the very address that was checked, and to no forbidden one', async () => {
    const { port } = new URL(receiver.url);
    names.answer('hook.example', ['127.0.0.1'], ['169.254.169.254']);
    const url = `http://hook.example:${port}/`;
    expect(await send(url)).toBe(200);
    await expect(send(url)).rejects.toThrow(/169\.254\.169\.254/);
    expect(receiver.received).toHaveLength(1);
  });

  it('reads no endless answer, and takes its status as it is', async () => {
    let written = 0;
    receiver.react = (_received, response) => {
      response.writeHead(200);
      const more = () => {
        while (!response.destroyed) {
          written += 16_384;
          if (!response.write(Buffer.alloc(16_384))) break;
        }
      };
      response.on('drain', more);
      more();
      return undefined;
    };
    expect(await send(receiver.url)).toBe(200);
    expect(written).toBeLessThan(64 << 20);
    receiver.react = (_received, response) => {
      response.writeHead(202).write('and so on');
      return undefined;
    };
    expect(await send(receiver.url, endOfPatience())).toBe(202);
  });

  it('takes an answer that breaks off for one, and a connection that does for none', async () => {
    receiver.react = (_received, response) => {
      response.writeHead(200, { 'content-length': 1000 }).write('and', () => response.destroy());
      return undefined;
    };
    expect(await send(receiver.url)).toBe(200);
    receiver.react = (_received, response) => {
      response.destroy();
      return undefined;
    };
    await expect(send(receiver.url)).rejects.toThrow(/hang up|closed/);
  });

  it('gives up a receiver that does not answer in time', async () => {
    receiver.react = () => undefined;
    await expect(send(receiver.url, AbortSignal.timeout(300))).rejects.toThrow(/abort/);
  });

  it('sends nothing unsigned', async () => {
    const parcel = { url: receiver.url, secrets: null, body, messageId: 'msg_1', webhookId: 'w' };
    const sent = sender.send({ ...parcel, attempts: 0, createdAt: NOW }, NOW, AbortSignal.any([]));
    await expect(sent).rejects.toThrow(/key is missing/);
    expect(receiver.received).toEqual([]);
  });
});
