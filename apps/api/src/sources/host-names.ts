import type { LookupAddress, LookupOptions } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { Injectable } from '@nestjs/common';

/** What names stand for, as the system knows it. */
@Injectable()
export class HostNames {
  /** All addresses of a name; rejects as `dns.lookup` does. */
  addressesOf(host: string, options: LookupOptions): Promise<LookupAddress[]> {
    return lookup(host, { ...options, all: true });
  }
}
