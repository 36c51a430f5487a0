import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CHILD_BEAT_MS,
  type ChildMessage,
  type SupervisedProcess,
  type SupervisorMessage,
} from '@lookout/contracts';
import { BackOff } from './back-off.ts';
import { watchForStandstill } from './standstill.ts';
import type { Guard } from './guard.ts';
import { eachLine } from './prefixed-log.ts';

const STANDSTILL_MS = 20_000;

/** What to run under a name. */
export interface ChildSpec {
  readonly name: string;
  /** Starts one run, as the leader of a process group of its own with its output on pipes. */
  launch(): ChildProcess;
  /** For a child that sends no message, asked again and again: settles when the present run can do its work. */
  readonly answers?: (signal: AbortSignal) => Promise<void>;
  /** Lines of its output that would only alarm. */
  readonly hides?: RegExp;
  /** A run that has beaten and does not any more is ended after this time; default 20 s. */
  readonly standstillMs?: number;
}

/** What a child says that concerns others. */
export type ChildNews = Exclude<ChildMessage, { type: 'alive' }>;

/** Who hears what happens to a child. */
export interface ChildListener {
  /** Its report is another one now. */
  changed(): void;
  said(child: SupervisedChild, message: ChildNews): void;
  /** A run ended, unasked for. @returns whether to start it again */
  died(child: SupervisedChild, lastLine: string, code: number | null): boolean;
  printed(name: string, line: string): void;
}

/** One process that is kept running: started again, after a growing wait, whenever it dies. */
export class SupervisedChild {
  readonly name: string;
  readonly #spec: ChildSpec;
  readonly #guard: Guard;
  readonly #listener: ChildListener;
  readonly #backOff = new BackOff();
  #child: ChildProcess | undefined;
  #state: SupervisedProcess['state'] = 'stopped';
  #startedAt: Date | undefined;
  #restarts = 0;
  #lastExit: string | null = null;
  #waiting: NodeJS.Timeout | undefined;
  #wanted = false;

  constructor(spec: ChildSpec, guard: Guard, listener: ChildListener) {
    this.name = spec.name;
    this.#spec = spec;
    this.#guard = guard;
    this.#listener = listener;
  }

  start(): void {
    this.#wanted = true;
    this.#run();
  }

  /** Sends a message, if it runs and listens. */
  send(message: SupervisorMessage): void {
    if (this.#child?.connected !== true) return;
    // A child that ends just now cannot take it, and its next run is told anew.
    this.#child.send(message, () => undefined);
  }

  /** What `GET /system` shows of it. */
  report(): SupervisedProcess {
    return {
      name: this.name,
      pid: this.#child?.pid ?? null,
      state: this.#state,
      startedAt: this.#child === undefined ? null : (this.#startedAt?.toISOString() ?? null),
      restarts: this.#restarts,
      lastExit: this.#lastExit,
    };
  }

  /** Ends it for good: asks, and kills what has not ended `graceMs` later. */
  async stop(graceMs: number): Promise<void> {
    this.#wanted = false;
    clearTimeout(this.#waiting);
    const child = this.#child;
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    const patience = new AbortController();
    const late = sleep(graceMs, 'late', { signal: patience.signal }).catch(() => 'ended');
    if ((await Promise.race([ended, late])) === 'late') killGroup(child.pid);
    patience.abort();
    await ended;
  }

  #run(): void {
    const child = this.#spec.launch();
    const began = performance.now();
    let lastLine = '';
    const print = (line: string) => {
      if (line.trim() !== '') lastLine = line.trim();
      if (this.#spec.hides?.test(line) !== true) this.#listener.printed(this.name, line);
    };
    const over = new AbortController();
    this.#child = child;
    this.#startedAt = new Date();
    if (child.pid !== undefined) this.#guard.add(child.pid);
    if (child.stdout !== null) eachLine(child.stdout, print);
    if (child.stderr !== null) eachLine(child.stderr, print);
    const standstill = watchForStandstill(this.#spec.standstillMs ?? STANDSTILL_MS, () => {
      print('it stands still, and is ended');
      if (child.pid !== undefined) killGroup(child.pid);
    });
    over.signal.addEventListener('abort', standstill.end);
    child.on('message', (message) => {
      const said = message as ChildMessage;
      if (said.type === 'alive') standstill.beat();
      else this.#receive(said);
    });
    const end = (how: string, code: number | null) => {
      if (this.#child !== child) return;
      over.abort();
      // What it started itself, such as an ffmpeg, must not outlive it.
      if (child.pid !== undefined) {
        killGroup(child.pid);
        this.#guard.drop(child.pid);
      }
      // Words and messages that it wrote before its end may still be on their way.
      setTimeout(() => {
        this.#ended(how, performance.now() - began, lastLine, code);
      }, 20);
    };
    child.once('error', (error) => {
      lastLine = error.message;
      end(error.message, null);
    });
    child.once('exit', (code, signal) => {
      end(signal ?? `exit code ${String(code)}`, code);
    });
    this.#become('starting');
    void this.#ask(over.signal, standstill.beat);
  }

  /** Asks a child that sends no message again and again whether it can do its work. */
  async #ask(signal: AbortSignal, beat: () => void): Promise<void> {
    const spec = this.#spec;
    if (spec.answers === undefined) return;
    try {
      for (;;) {
        await spec.answers(signal);
        this.#markRunning();
        beat();
        await sleep(CHILD_BEAT_MS, undefined, { signal });
      }
    } catch {
      // The run is over.
    }
  }

  #markRunning(): void {
    if (this.#state === 'starting') this.#become('running');
  }

  #receive(message: ChildNews): void {
    if (message.type === 'ready') this.#markRunning();
    this.#listener.said(this, message);
  }

  #ended(how: string, ranForMs: number, lastLine: string, code: number | null): void {
    this.#child = undefined;
    this.#lastExit = how;
    if (!this.#wanted || !this.#listener.died(this, lastLine, code)) {
      this.#become('stopped');
      return;
    }
    const wait = this.#backOff.next(ranForMs);
    this.#listener.printed(this.name, `ended (${how}); starting again in ${String(wait / 1000)} s`);
    this.#restarts += 1;
    this.#waiting = setTimeout(() => {
      this.#run();
    }, wait);
    this.#become('waiting');
  }

  #become(state: SupervisedProcess['state']): void {
    this.#state = state;
    this.#listener.changed();
  }
}

function killGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // Nobody is left in it.
  }
}
