import { BlockList, isIP } from 'node:net';

const forbidden = new BlockList();
// Link-local, where cloud hosts also answer with credentials (169.254.169.254, fd00:ec2::254).
forbidden.addSubnet('169.254.0.0', 16, 'ipv4');
forbidden.addSubnet('fe80::', 10, 'ipv6');
forbidden.addAddress('fd00:ec2::254', 'ipv6');
// Metadata services outside the link-local range: Alibaba, Oracle, Azure's host.
forbidden.addAddress('100.100.100.200', 'ipv4');
forbidden.addAddress('192.0.0.192', 'ipv4');
forbidden.addAddress('168.63.129.16', 'ipv4');
// "This network" and multicast are nobody's camera, though some systems route 0.0.0.0 to themselves.
forbidden.addSubnet('0.0.0.0', 8, 'ipv4');
forbidden.addAddress('::', 'ipv6');
forbidden.addSubnet('224.0.0.0', 3, 'ipv4');
forbidden.addSubnet('ff00::', 8, 'ipv6');

const forbiddenNames = new Set(['metadata', 'metadata.google.internal', 'instance-data']);

/** Which addresses a source may name: any but link-local, metadata and multicast ones. */
export class AddressRules {
  readonly #allowed: ReadonlySet<string>;

  /** @param allowed - host names and addresses that are exceptions, as LOOKOUT_ALLOWED_HOSTS lists them */
  constructor(allowed: readonly string[]) {
    this.#allowed = new Set(allowed.map(plainHost));
  }

  /** Whether the operator listed this host as an exception, whatever it resolves to. */
  isException(host: string): boolean {
    return this.#allowed.has(plainHost(host));
  }

  /** Why a source may not name this host, or `null` when it may. Names are not resolved here. */
  refusalOfHost(host: string): string | null {
    const name = plainHost(host);
    if (this.isException(name)) return null;
    if (isIP(name) !== 0) return this.refusalOfAddress(name);
    return forbiddenNames.has(name) ? refusal(host) : null;
  }

  /** Why nobody may connect to this IP address, or `null` when one may. */
  refusalOfAddress(address: string): string | null {
    const plain = plainHost(address);
    if (this.isException(plain)) return null;
    const family = isIP(plain);
    if (family === 0) return `${address} is not an IP address`;
    // An IPv4 address in IPv6 clothes (::ffff:a.b.c.d, also in hexadecimal) is matched by the list itself.
    return forbidden.check(plain, family === 4 ? 'ipv4' : 'ipv6') || embedsForbidden(plain)
      ? refusal(address)
      : null;
  }
}

/** NAT64 (64:ff9b::/96) and 6to4 (2002::/16) carry an IPv4 address that a gateway will use. */
function embedsForbidden(address: string): boolean {
  const words = expand(address);
  if (words === null) return false;
  const nat64 = words[0] === 0x64 && words[1] === 0xff9b;
  const sixToFour = words[0] === 0x2002;
  if (!nat64 && !sixToFour) return false;
  const [high = 0, low = 0] = nat64 ? words.slice(6) : words.slice(1, 3);
  const ipv4 = [high >> 8, high & 255, low >> 8, low & 255].join('.');
  return forbidden.check(ipv4, 'ipv4');
}

function expand(address: string): number[] | null {
  if (isIP(address) !== 6 || address.includes('.')) return null;
  const [head = '', tail] = address.split('::');
  const parse = (text: string) => (text === '' ? [] : text.split(':').map((w) => parseInt(w, 16)));
  if (tail === undefined) return parse(head);
  const [start, end] = [parse(head), parse(tail)];
  return [...start, ...Array<number>(8 - start.length - end.length).fill(0), ...end];
}

function plainHost(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/%.*$/, '')
    .replace(/\.$/, '');
}

function refusal(host: string): string {
  return (
    `${host} is a link-local, metadata or multicast address, which nothing may name; ` +
    'LOOKOUT_ALLOWED_HOSTS can make an exception'
  );
}
