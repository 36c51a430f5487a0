import type { AddressInfo } from 'node:net';
import type { Config } from '@lookout/config';
import type { INestApplication } from '@nestjs/common';

/** @returns the address for a browser on this machine, without a slash at its end */
export async function listen(
  app: INestApplication,
  { host, port }: Pick<Config, 'host' | 'port'>,
): Promise<string> {
  const server = (await app.listen(port, host)) as { address(): AddressInfo };
  const bound = server.address();
  return `http://${hostForBrowser(bound)}:${String(bound.port)}`;
}

/** Whether the address cannot be listened at, which another try would not change. */
export function isListenError(error: unknown): boolean {
  const codes = ['EADDRINUSE', 'EADDRNOTAVAIL', 'EACCES', 'ENOTFOUND'];
  return (
    error instanceof Error &&
    'syscall' in error &&
    'code' in error &&
    codes.includes(String(error.code))
  );
}

function hostForBrowser({ address, family }: AddressInfo): string {
  if (address === '0.0.0.0' || address === '::') return '127.0.0.1';
  return family === 'IPv6' ? `[${address}]` : address;
}
