import type { Clock } from '@lookout/timing';
import { Inject, Injectable } from '@nestjs/common';
import { AuditLog } from '../audit/audit-log.ts';
import { Metrics } from '../status/metrics.ts';
import { CLOCK } from '../tokens.ts';

/** A program with an old token calls every few seconds, for months. */
const SAME_ADDRESS_MS = 600_000;
const MINUTE_MS = 60_000;
/** However many addresses take part in a flood, the disk is written no more often than this. */
const MOST_A_MINUTE = 60;
const MOST_ADDRESSES = 10_000;

/** Where a wrong token was shown: to sign in, with a call, or with a socket. */
export type ShownWith = 'sign-in' | 'call' | 'socket';

/** Counts every wrong token, and writes of them into the audit log what a disk can bear. */
@Injectable()
export class Refusals {
  /** When a call or socket of this address was last written down. */
  readonly #written = new Map<string, number>();
  #minute = -Infinity;
  #inMinute = 0;

  constructor(
    private readonly audit: AuditLog,
    private readonly metrics: Metrics,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** One that is held up already. */
  count(shownWith: ShownWith): void {
    this.metrics.tokensRefused.inc({ with: shownWith });
  }

  async note(shownWith: ShownWith, address = ''): Promise<void> {
    this.count(shownWith);
    if (shownWith !== 'sign-in' && !this.#isNews(address)) return;
    if (!this.#hasRoom()) return;
    if (shownWith !== 'sign-in') this.#remember(address);
    const action = shownWith === 'sign-in' ? 'session.refused' : 'token.refused';
    await this.audit.record({ action, actor: null, address });
  }

  #isNews(address: string): boolean {
    const last = this.#written.get(address) ?? -Infinity;
    return this.clock.monotonic() - last >= SAME_ADDRESS_MS;
  }

  #hasRoom(): boolean {
    const now = this.clock.monotonic();
    if (now - this.#minute >= MINUTE_MS) {
      this.#minute = now;
      this.#inMinute = 0;
    }
    this.#inMinute += 1;
    return this.#inMinute <= MOST_A_MINUTE;
  }

  #remember(address: string): void {
    this.#written.delete(address);
    this.#written.set(address, this.clock.monotonic());
    const [oldest] = this.#written.keys();
    if (this.#written.size > MOST_ADDRESSES && oldest !== undefined) this.#written.delete(oldest);
  }
}
