import { Worker } from 'node:worker_threads';
import type { Clock } from '@lookout/timing';
import {
  type Inspection,
  InspectionFailed,
  type InspectionOrder,
  type Inspector,
  type LoadedModel,
} from './inspector.ts';
import { ModelShelf } from './model-shelf.ts';
import { END, type ThreadReply, type ThreadSettings, type ThreadWork } from './thread-messages.ts';

interface Asked {
  resolve(answer: never): void;
  reject(error: Error): void;
}

/**
 * Runs the detector in a thread of its own: ONNX Runtime's calls block the thread that makes them,
 * and the process' first thread must go on beating, taking and settling, and notice a call that
 * never returns.
 */
export class ThreadedInspector implements Inspector {
  readonly died: Promise<Error>;
  readonly #thread: Worker;
  readonly #shelf: ModelShelf;
  readonly #asked = new Map<number, Asked>();
  #dead: Error | null = null;
  #lastId = 0;

  constructor(clock: Clock, settings: ThreadSettings) {
    const file = import.meta.url.endsWith('.ts') ? 'inspector-thread.ts' : 'inspector-thread.js';
    this.#thread = new Worker(new URL(file, import.meta.url), { workerData: settings });
    this.#thread.on('message', (reply: ThreadReply) => {
      this.#answer(reply);
    });
    this.died = new Promise((resolve) => {
      this.#thread.on('error', (error) => {
        resolve(this.#die(error instanceof Error ? error : new Error(String(error))));
      });
      this.#thread.on('exit', () => {
        resolve(this.#die(new Error('its thread has ended')));
      });
    });
    this.#shelf = new ModelShelf(clock, {
      load: (model) => this.#ask('load', { model }),
      unload: async (model) => {
        await this.#ask('unload', { model });
      },
    });
  }

  load(model: string | null): Promise<LoadedModel> {
    return this.#shelf.load(model);
  }

  inspect(order: InspectionOrder): Promise<Inspection> {
    return this.#ask('inspect', order);
  }

  models(): readonly string[] {
    return this.#shelf.models();
  }

  async end(): Promise<void> {
    this.#thread.postMessage(END);
    await this.died;
  }

  #ask<Kind extends keyof ThreadWork>(
    kind: Kind,
    order: ThreadWork[Kind]['order'],
  ): Promise<ThreadWork[Kind]['answer']> {
    return new Promise((resolve, reject) => {
      if (this.#dead !== null) {
        reject(this.#dead);
        return;
      }
      this.#lastId += 1;
      this.#asked.set(this.#lastId, { resolve, reject });
      this.#thread.postMessage({ id: this.#lastId, kind, order });
    });
  }

  #answer(reply: ThreadReply): void {
    const asked = this.#asked.get(reply.id);
    this.#asked.delete(reply.id);
    if ('reason' in reply) asked?.reject(new InspectionFailed(reply.reason, reply.decodedAt));
    else asked?.resolve(reply.answer as never);
  }

  #die(error: Error): Error {
    this.#dead ??= error;
    for (const asked of this.#asked.values()) asked.reject(this.#dead);
    this.#asked.clear();
    return this.#dead;
  }
}
