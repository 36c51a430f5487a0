import type { Clock } from '@lookout/timing';
import { Logger } from '@nestjs/common';
import { connect, type IClientOptions, type MqttClient } from 'mqtt';
import type { Message } from './publications.ts';

const FIRST_RETRY_MS = 1000;
const LAST_RETRY_MS = 30_000;
const CONNECT_MS = 10_000;
const KEEP_ALIVE_S = 15;
const FAREWELL_MS = 500;

/** How the broker is reached. */
export interface BrokerOptions {
  /** May hold a name and a password; neither is ever shown. */
  readonly url: string;
  /** Stays the same, so that the broker ends an older connection, and its will, before this one. */
  readonly clientId: string;
  /** What the broker says when this process is gone. */
  readonly will: Message;
  readonly clock: Clock;
}

/**
 * A connection to a broker that is begun again when it is lost, each time by a client without a
 * past: one that resumes would send again what is no longer true.
 */
export class BrokerLink {
  readonly #logger = new Logger('Mqtt');
  readonly #options: BrokerOptions;
  readonly #underWay = new Set<(error: Error) => void>();
  #client: MqttClient | null = null;
  #onConnected: () => void = () => undefined;
  #retryMs = FIRST_RETRY_MS;
  #cancelRetry: () => void = () => undefined;
  #connected = false;
  #stopped = false;
  #trouble: string | null = 'The broker has not answered yet.';

  constructor(options: BrokerOptions) {
    this.#options = options;
  }

  get isConnected(): boolean {
    return this.#connected;
  }

  /** Why the broker is not reached, in words for a person, without credentials. */
  get trouble(): string | null {
    return this.#trouble;
  }

  start(onConnected: () => void): void {
    this.#onConnected = onConnected;
    this.#connect();
  }

  /** Resolves when the broker has it; rejects when the connection is lost before. */
  publish({ topic, payload, retain }: Message): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#client === null || !this.#connected) {
        reject(new Error('The broker is away.'));
        return;
      }
      this.#underWay.add(reject);
      this.#client.publish(topic, payload, { qos: 1, retain }, (error) => {
        this.#underWay.delete(reject);
        if (error instanceof Error) reject(error);
        else resolve();
      });
    });
  }

  /** Says a last word, if the broker takes it at once, and ends for good. */
  async stop(lastWord: Message): Promise<void> {
    this.#stopped = true;
    this.#cancelRetry();
    if (this.#connected) {
      let cancel: () => void = () => undefined;
      const patience = new Promise<void>((resolve) => {
        cancel = this.#options.clock.after(FAREWELL_MS, resolve);
      });
      await Promise.race([this.publish(lastWord).catch(() => undefined), patience]);
      cancel();
    }
    this.#connected = false;
    this.#client?.end(true);
  }

  #connect(): void {
    const { url, clientId, will } = this.#options;
    const client = connect({
      ...addressOf(url),
      clientId,
      clean: true,
      reconnectPeriod: 0,
      connectTimeout: CONNECT_MS,
      keepalive: KEEP_ALIVE_S,
      will: { topic: will.topic, payload: Buffer.from(will.payload), qos: 1, retain: will.retain },
    });
    this.#client = client;
    let fault = 'it closed the connection.';
    client.on('error', (error) => {
      fault = `${error.message}.`;
    });
    client.on('connect', () => {
      if (this.#stopped) return;
      this.#retryMs = FIRST_RETRY_MS;
      this.#connected = true;
      this.#trouble = null;
      this.#logger.log('The broker is connected.');
      this.#onConnected();
    });
    client.once('close', () => {
      client.end(true);
      if (!this.#stopped) this.#lost(`The MQTT broker does not answer: ${fault}`);
    });
  }

  #lost(trouble: string): void {
    this.#connected = false;
    if (this.#trouble !== trouble) this.#logger.warn(trouble);
    this.#trouble = trouble;
    for (const reject of this.#underWay) reject(new Error('The connection was lost.'));
    this.#underWay.clear();
    this.#cancelRetry = this.#options.clock.after(this.#retryMs, () => {
      this.#connect();
    });
    this.#retryMs = Math.min(this.#retryMs * 2, LAST_RETRY_MS);
  }
}

function addressOf(text: string): IClientOptions {
  const { protocol, hostname, port, username, password } = new URL(text);
  const isSecure = protocol === 'mqtts:';
  return {
    protocol: isSecure ? 'mqtts' : 'mqtt',
    host: hostname.replaceAll(/[[\]]/g, ''),
    port: port === '' ? (isSecure ? 8883 : 1883) : Number(port),
    ...(username === '' ? {} : { username: decodeURIComponent(username) }),
    ...(password === '' ? {} : { password: decodeURIComponent(password) }),
  };
}
