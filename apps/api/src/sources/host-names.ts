import type { LookupAddress, LookupOptions } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { Injectable } from '@nestjs/common';

/** What names stand for, as the system knows it. */
@Injectable()
export class HostNames {
  readonly #asked = new Map<string, Promise<LookupAddress[]>>();

  /**
   * All addresses of a name; rejects as `dns.lookup` does. Who asks while the same is being looked up
   * shares it: the process has two threads for that, and a name server that is silent holds one for
   * longer than anybody waits.
   */
  addressesOf(host: string, options: LookupOptions): Promise<LookupAddress[]> {
    const question = JSON.stringify([host, options]);
    const asked = this.#asked.get(question);
    if (asked !== undefined) return asked;
    const asking = lookup(host, { ...options, all: true }).finally(() => {
      this.#asked.delete(question);
    });
    this.#asked.set(question, asking);
    return asking;
  }
}
