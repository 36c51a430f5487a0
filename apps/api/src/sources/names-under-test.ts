import type { LookupAddress } from 'node:dns';
import { isIP } from 'node:net';
import { HostNames } from './host-names.ts';

/** Names that stand for what a test says, and for something else the next time if it says so. */
export class NamesUnderTest extends HostNames {
  readonly asked: string[] = [];
  readonly #answers = new Map<string, string[][]>();

  /** @param times - the addresses of the first time, of the second and so on; the last one stays */
  answer(host: string, ...times: string[][]): void {
    this.#answers.set(host, times);
  }

  override addressesOf(host: string): Promise<LookupAddress[]> {
    this.asked.push(host);
    const times = this.#answers.get(host);
    const addresses = times !== undefined && times.length > 1 ? times.shift() : times?.[0];
    if (addresses === undefined) {
      return Promise.reject(Object.assign(new Error('not found'), { code: 'ENOTFOUND' }));
    }
    return Promise.resolve(addresses.map((address) => ({ address, family: isIP(address) })));
  }
}
