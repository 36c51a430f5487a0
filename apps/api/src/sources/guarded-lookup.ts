import type { LookupFunction } from 'node:net';
import type { AddressRules } from './address-rules.ts';
import type { HostNames } from './host-names.ts';

/** A name stands for an address that no source may reach. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
}

/**
 * Resolves names for `net.connect`, and refuses a name when any of its addresses is refused. The
 * address that was checked is the one connected to, so a name that answers differently the next time
 * (DNS rebinding) gains nothing.
 */
export function guardedLookup(rules: AddressRules, names: HostNames): LookupFunction {
  return (hostname, options, callback) => {
    names.addressesOf(hostname, options).then(
      (addresses) => {
        const refusal = rules.isException(hostname)
          ? undefined
          : addresses
              .map(({ address }) => rules.refusalOfAddress(address))
              .find((it) => it !== null);
        if (refusal !== undefined) callback(new AddressRefused(`${hostname}: ${refusal}`), []);
        else if (options.all === true) callback(null, addresses);
        else callback(null, addresses[0]?.address ?? '', addresses[0]?.family);
      },
      (error: unknown) => {
        callback(error instanceof Error ? error : new Error(String(error)), []);
      },
    );
  };
}
