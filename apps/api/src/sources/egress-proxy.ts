import { randomBytes } from 'node:crypto';
import {
  createServer,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { AddressRules } from './address-rules.ts';
import { AddressRefused, guardedLookup } from './guarded-lookup.ts';
import type { HostNames } from './host-names.ts';
import type { SourceFault } from './source-fault.ts';

const CONNECT_TIMEOUT_MS = 10_000;

/** Headers that belong to one connection and are not handed on. */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Leave to use the proxy, for one run of ffmpeg. */
export interface EgressPass {
  /** Where ffmpeg finds the proxy, password included: for its `-http_proxy` option. */
  readonly url: string;
  /** What last went wrong on the way to the source; ffmpeg only sees a status for it. */
  readonly fault: SourceFault | undefined;
  /** Ends the leave, and the connections that it opened. */
  revoke(): void;
}

/** What the proxy remembers of a pass. */
interface Guest {
  fault: SourceFault | undefined;
  readonly sockets: Set<Duplex>;
}

/**
 * The only way by which ffmpeg reaches HTTP sources. ffmpeg follows redirects and playlists by itself
 * and resolves names anew each time, so checking a camera's address beforehand is not enough: this
 * proxy checks the address of every single connection, and connects to the one it checked. It
 * listens on loopback, and serves only those who have a pass.
 */
export class EgressProxy {
  readonly #rules: AddressRules;
  readonly #names: HostNames;
  /** By the header that names them. */
  readonly #guests = new Map<string, Guest>();
  readonly #sockets = new Set<Duplex>();
  #server: Server | undefined;

  constructor(rules: AddressRules, names: HostNames) {
    this.#rules = rules;
    this.#names = names;
  }

  /** Starts to listen on a free port of the loopback interface. */
  async listen(): Promise<void> {
    const server = createServer((incoming, response) => {
      this.#forward(incoming, response);
    });
    server.on('connect', (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
      this.#tunnel(incoming, socket, head);
    });
    server.on('connection', (socket) => {
      this.#keep(socket);
    });
    this.#server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
  }

  /** Lets one run of ffmpeg use the proxy. */
  admit(): EgressPass {
    const address = this.#server?.address() ?? null;
    if (address === null || typeof address === 'string') {
      throw new Error('The egress proxy does not listen');
    }
    const userInfo = `lookout:${randomBytes(24).toString('base64url')}`;
    const header = `Basic ${Buffer.from(userInfo).toString('base64')}`;
    const guest: Guest = { fault: undefined, sockets: new Set() };
    this.#guests.set(header, guest);
    return {
      url: `http://${userInfo}@127.0.0.1:${String(address.port)}`,
      get fault() {
        return guest.fault;
      },
      revoke: () => {
        this.#guests.delete(header);
        for (const socket of guest.sockets) socket.destroy();
      },
    };
  }

  /** Ends every connection and stops to listen. */
  async close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    for (const socket of this.#sockets) socket.destroy();
    if (server !== undefined) await new Promise((resolve) => server.close(resolve));
  }

  #forward(incoming: IncomingMessage, response: ServerResponse): void {
    const guest = this.#guestOf(incoming);
    if (guest === undefined) {
      response.writeHead(407, { 'proxy-authenticate': 'Basic realm="lookout"' }).end();
      return;
    }
    const target = URL.parse(incoming.url ?? '');
    if (target?.protocol !== 'http:') {
      response.writeHead(400).end();
      return;
    }
    const refusal = this.#rules.refusalOfHost(target.hostname);
    if (refusal !== null) {
      guest.fault = { reason: refusal, needsPerson: true };
      response.writeHead(403).end(refusal);
      return;
    }
    const outgoing = request(target, {
      method: incoming.method,
      headers: forwarded(incoming, target.host),
      lookup: guardedLookup(this.#rules, this.#names),
      timeout: CONNECT_TIMEOUT_MS,
      agent: false,
    });
    outgoing.on('response', (answer) => {
      outgoing.setTimeout(0);
      guest.fault = undefined;
      response.writeHead(answer.statusCode ?? 502, withoutHopByHop(answer.headers));
      answer.pipe(response);
      answer.on('error', () => response.destroy());
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error('timed out')));
    outgoing.on('error', (error) => {
      if (response.destroyed) return;
      guest.fault = faultOnTheWay(error, target.hostname);
      if (response.headersSent) response.destroy();
      else response.writeHead(error instanceof AddressRefused ? 403 : 502).end(error.message);
    });
    response.on('close', () => outgoing.destroy());
    incoming.pipe(outgoing);
  }

  #tunnel(incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    const guest = this.#guestOf(incoming);
    if (guest === undefined) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n');
      return;
    }
    const target = URL.parse(`http://${incoming.url ?? ''}`);
    const refusal = target === null ? 'no host' : this.#rules.refusalOfHost(target.hostname);
    if (target === null || refusal !== null) {
      if (refusal !== null) guest.fault = { reason: refusal, needsPerson: true };
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    const outgoing = connect({
      host: target.hostname.replace(/^\[(.*)\]$/, '$1'),
      port: Number(target.port === '' ? 80 : target.port),
      lookup: guardedLookup(this.#rules, this.#names),
      timeout: CONNECT_TIMEOUT_MS,
    });
    this.#keep(outgoing);
    remember(guest, outgoing);
    let connected = false;
    outgoing.on('connect', () => {
      connected = true;
      guest.fault = undefined;
      outgoing.setTimeout(0);
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      outgoing.write(head);
      outgoing.pipe(socket).pipe(outgoing);
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error('timed out')));
    outgoing.on('error', (error) => {
      if (socket.destroyed) return;
      guest.fault = faultOnTheWay(error, target.hostname);
      if (connected) socket.destroy();
      else {
        const status = error instanceof AddressRefused ? '403 Forbidden' : '502 Bad Gateway';
        socket.end(`HTTP/1.1 ${status}\r\n\r\n`);
      }
    });
    socket.on('close', () => outgoing.destroy());
  }

  #guestOf(incoming: IncomingMessage): Guest | undefined {
    const guest = this.#guests.get(incoming.headers['proxy-authorization'] ?? '');
    if (guest !== undefined) remember(guest, incoming.socket);
    return guest;
  }

  #keep(socket: Duplex | Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
  }
}

function remember(guest: Guest, socket: Duplex): void {
  if (guest.sockets.has(socket)) return;
  guest.sockets.add(socket);
  socket.on('close', () => guest.sockets.delete(socket));
}

function faultOnTheWay(error: Error, host: string): SourceFault {
  if (error instanceof AddressRefused) return { reason: error.message, needsPerson: true };
  const code = 'code' in error ? String(error.code) : '';
  const reason = WORDS_FOR[code] ?? `The way to ${host} failed: ${error.message}`;
  return { reason, needsPerson: false };
}

/** What an operator understands. */
const WORDS_FOR: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Nobody listens at this address (Connection refused)',
  ENOTFOUND: 'The name in this address cannot be resolved',
  EAI_AGAIN: 'The name in this address cannot be resolved at the moment',
  EHOSTUNREACH: 'There is no way to this address (unreachable)',
  ENETUNREACH: 'There is no way to this address (unreachable)',
};

function forwarded(incoming: IncomingMessage, host: string): Record<string, string | string[]> {
  return { ...withoutHopByHop(incoming.headers), host };
}

function withoutHopByHop(headers: IncomingMessage['headers']): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(headers).filter(
      (entry): entry is [string, string | string[]] =>
        entry[1] !== undefined && !HOP_BY_HOP.has(entry[0]),
    ),
  );
}
