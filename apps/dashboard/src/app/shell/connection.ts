import { computed, inject, Injectable, signal } from '@angular/core';
import type { System } from '@lookout/contracts';
import { LiveSocket } from '../server/live-socket.ts';
import { Poll } from '../server/poll.ts';
import { RequestFailure } from '../server/request-failure.ts';
import { Rest } from '../server/rest.ts';

const ASK_MS = 2300;

export type Tone = 'good' | 'amber' | 'red' | 'quiet';

/** One part of the installation and how it does, in one word. */
export interface Part {
  readonly name: string;
  readonly word: string;
  readonly tone: Tone;
  /** More, for who asks. */
  readonly detail: string;
}

/** Whether the parts that Lookout is made of can be reached. */
@Injectable({ providedIn: 'root' })
export class Connection {
  readonly #rest = inject(Rest);
  readonly #socket = inject(LiveSocket);
  #stop: (() => void) | undefined;

  /** What the server says of its parts, the last answer also while there is no newer one. */
  readonly poll = new Poll<System>(() => this.#ask());
  /** The same, for who shows nothing old. */
  readonly system = computed(() => (this.poll.failure() === null ? this.poll.answer() : null));
  /** What `readyz` says is missing while the live connection is lost; `null` when it does not answer. */
  readonly degraded = signal<readonly string[] | null>(null);

  /** Whether the server tells who is signed in nothing of its parts. */
  readonly untold = computed(() => {
    const failure = this.poll.failure();
    return failure instanceof RequestFailure && failure.status === 403;
  });

  readonly parts = computed<readonly Part[]>(() =>
    this.untold()
      ? [this.#server()]
      : [this.#server(), workersPart(this.system()), redisPart(this.system())],
  );

  follow(): void {
    this.#stop?.();
    this.#stop = this.poll.ask(ASK_MS);
  }

  unfollow(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  async #ask(): Promise<System> {
    try {
      return await this.#rest.get('/api/v1/system');
    } finally {
      if (this.#socket.state() === 'lost') await this.#askWhetherReady();
    }
  }

  async #askWhetherReady(): Promise<void> {
    try {
      this.degraded.set((await this.#rest.get('/readyz')).degraded);
    } catch {
      this.degraded.set(null);
    }
  }

  #server(): Part {
    const system = this.system();
    const known = system === null ? 'No answer from the server.' : `Lookout ${system.version}`;
    const detail = this.untold() ? '' : known;
    switch (this.#socket.state()) {
      case 'connected':
        return { name: 'Server', word: 'connected', tone: 'good', detail };
      case 'connecting':
        return { name: 'Server', word: 'connecting', tone: 'quiet', detail };
      case 'lost':
        return { name: 'Server', word: 'lost', tone: 'red', detail };
    }
  }
}

function workersPart(system: System | null): Part {
  const name = 'Workers';
  const workers = system?.workers ?? null;
  if (workers === null) {
    return { name, word: 'not known', tone: 'quiet', detail: 'Workers are known through Redis.' };
  }
  if (workers.length === 0) {
    return {
      name,
      word: 'none',
      tone: 'amber',
      detail: 'No worker is alive: nothing is detected.',
    };
  }
  const detail = workers
    .map(
      ({ host, pid, models, rate }) =>
        `${host} ${String(pid)}: ${models.join(', ')}, ${rate.toFixed(1)} fps`,
    )
    .join('\n');
  return { name, word: String(workers.length), tone: 'good', detail };
}

function redisPart(system: System | null): Part {
  const name = 'Redis';
  if (system === null) return { name, word: 'not known', tone: 'quiet', detail: '' };
  const { state, version, reason } = system.redis;
  return state === 'connected'
    ? { name, word: 'connected', tone: 'good', detail: `Redis ${version ?? ''}` }
    : { name, word: 'away', tone: 'amber', detail: reason ?? 'Redis cannot be reached.' };
}
