import type { SupervisorMessage } from '@lookout/contracts';
import { Guard } from './guard.ts';
import type { LogLine } from './prefixed-log.ts';
import { StartError } from './start-error.ts';
import {
  type ChildListener,
  type ChildNews,
  type ChildSpec,
  SupervisedChild,
} from './supervised-child.ts';

/** What a supervisor runs. */
export interface Roles {
  /** Absent when a Redis elsewhere is used. */
  readonly redis?: ChildSpec | undefined;
  readonly api?: ChildSpec | undefined;
  readonly workers: readonly ChildSpec[];
}

/** Where the api is, and the token to be shown, once all can work. */
export interface ApiReady {
  readonly url: string | undefined;
  readonly newAdminToken: string | undefined;
}

/** Exit code of a child whose environment or arguments are wrong (EX_CONFIG). */
const BAD_CONFIGURATION = 78;
const APP_GRACE_MS = 6000;
const REDIS_GRACE_MS = 2000;

/** Runs the roles, keeps them running, tells the api about them, and ends them all. */
export class Supervisor implements ChildListener {
  readonly #guard = new Guard();
  readonly #log: LogLine;
  readonly #redis: SupervisedChild | undefined;
  readonly #api: SupervisedChild | undefined;
  readonly #workers: readonly SupervisedChild[];
  readonly #apiReady = Promise.withResolvers<Pick<ApiReady, 'url'>>();
  readonly #workerReady = Promise.withResolvers<undefined>();
  #started = false;
  /** Remembered until the api has kept it, whichever of its runs made it. */
  #newAdminToken: string | undefined;
  #tokenShown = false;

  constructor(roles: Roles, log: LogLine) {
    const child = (spec: ChildSpec) => new SupervisedChild(spec, this.#guard, this);
    this.#log = log;
    this.#redis = roles.redis && child(roles.redis);
    this.#api = roles.api && child(roles.api);
    this.#workers = roles.workers.map(child);
    // Each is waited for later, and may fail before.
    this.#apiReady.promise.catch(() => undefined);
    this.#workerReady.promise.catch(() => undefined);
  }

  /**
   * Starts Redis, then the rest, and waits until all can work.
   * @param redisAnswers - settles when Redis, ours or another's, answers
   * @throws StartError when a part says that it cannot start
   */
  async start(redisAnswers: () => Promise<void>): Promise<ApiReady | undefined> {
    this.#redis?.start();
    await redisAnswers();
    this.#api?.start();
    for (const worker of this.#workers) worker.start();
    const ready = this.#api && (await this.#apiReady.promise);
    if (this.#workers.length > 0) await this.#workerReady.promise;
    this.#started = true;
    return ready && { url: ready.url, newAdminToken: this.#newAdminToken };
  }

  /** The new admin token, if there was one, is where a person sees it: the api may keep it. */
  tokenShown(): void {
    this.#tokenShown = true;
    this.#tellOfToken();
  }

  /** Ends everything, Redis last, so that nobody loses it while settling what is in hand. */
  async stop(): Promise<void> {
    this.#started = true;
    const apps = this.#children().filter((child) => child !== this.#redis);
    await Promise.all(apps.map((child) => child.stop(APP_GRACE_MS)));
    await this.#redis?.stop(REDIS_GRACE_MS);
    await this.#guard.close();
  }

  changed(): void {
    const processes = this.#children().map((child) => child.report());
    const message: SupervisorMessage = { type: 'processes', processes };
    this.#api?.send(message);
  }

  said(child: SupervisedChild, message: ChildNews): void {
    if (message.type === 'failed') {
      this.#fail(new StartError(`The ${child.name} cannot start: ${message.reason}`));
    } else if (message.type === 'token-kept') {
      this.#newAdminToken = undefined;
    } else if (child === this.#api) {
      if (!this.#tokenShown) this.#newAdminToken = message.newAdminToken ?? this.#newAdminToken;
      this.#apiReady.resolve({ url: message.url });
      this.changed();
      this.#tellOfToken();
    } else {
      this.#workerReady.resolve(undefined);
    }
  }

  died(child: SupervisedChild, lastLine: string, code: number | null): boolean {
    if (this.#started || code !== BAD_CONFIGURATION) return true;
    this.#fail(new StartError(lastLine || `The ${child.name} cannot start`, BAD_CONFIGURATION));
    return false;
  }

  printed(name: string, line: string): void {
    this.#log(name, line);
  }

  /** Again to each run of the api, until one says that it kept the token. */
  #tellOfToken(): void {
    if (!this.#tokenShown || this.#newAdminToken === undefined) return;
    this.#api?.send({ type: 'token-shown', token: this.#newAdminToken });
  }

  #children(): SupervisedChild[] {
    return [this.#redis, this.#api, ...this.#workers].filter((child) => child !== undefined);
  }

  #fail(error: StartError): void {
    this.#apiReady.reject(error);
    this.#workerReady.reject(error);
  }
}
