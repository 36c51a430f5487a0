import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { childEnvironment } from '@lookout/config';

const STAMP_BYTES = 8;
/** As the worker's. */
const NICENESS = 10;

/** What the list's consumer is told. */
export interface ListSettings {
  /** Of Redis. */
  readonly url: string;
  /** Of the list. */
  readonly key: string;
  /** Folder of the catalog and its models. */
  readonly models: string;
  readonly model: string;
  readonly threads: number;
  readonly repeat: number;
  readonly niceness: number;
}

/** A frame that came to the end of its way. */
export interface ConsumedFrame {
  /** By `Date.now`. */
  readonly at: number;
  readonly ageMs: number;
  readonly inferenceMs: number;
}

/** Puts a frame and its time into one value. */
export function packFrame(capturedAt: number, jpeg: Buffer): Buffer {
  const stamp = Buffer.alloc(STAMP_BYTES);
  stamp.writeDoubleBE(capturedAt);
  return Buffer.concat([stamp, jpeg]);
}

export function unpackFrame(packed: Buffer): { capturedAt: number; jpeg: Buffer } {
  return { capturedAt: packed.readDoubleBE(), jpeg: packed.subarray(STAMP_BYTES) };
}

/** A process that takes frames from the list's other end, one by one, and infers each. */
export class ListConsumer {
  readonly consumed: ConsumedFrame[] = [];
  readonly #process: ChildProcess;

  private constructor(settings: ListSettings) {
    const file = new URL('list-consumer.ts', import.meta.url);
    this.#process = fork(file, [JSON.stringify(settings)], {
      env: childEnvironment(),
      detached: true,
    });
  }

  static async start(settings: Omit<ListSettings, 'niceness'>): Promise<ListConsumer> {
    const consumer = new ListConsumer({ ...settings, niceness: NICENESS });
    const died = once(consumer.#process, 'exit').then(() => {
      throw new Error("the list's consumer did not start");
    });
    await Promise.race([once(consumer.#process, 'message'), died]);
    died.catch(() => undefined);
    consumer.#process.on('message', (frame: ConsumedFrame) => consumer.consumed.push(frame));
    return consumer;
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const gone = once(this.#process, 'exit');
    this.#process.disconnect();
    await gone;
  }
}
