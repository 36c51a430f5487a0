import { once } from 'node:events';
import { createServer } from 'node:net';
import { StartError } from './start-error.ts';

/**
 * Finds out early whether the api will be able to listen; port 0 always can.
 * @throws StartError saying in one line why it cannot
 */
export async function checkPort(host: string, port: number): Promise<void> {
  const server = createServer();
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    throw new StartError(portTrouble(host, port, (error as NodeJS.ErrnoException).code));
  }
  server.close();
  await once(server, 'close');
}

/** A port of this address that nobody listened on a moment ago. */
export async function freePort(host: string): Promise<number> {
  const server = createServer().listen(0, host);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new StartError('no free port');
  return address.port;
}

function portTrouble(host: string, port: number, code: string | undefined): string {
  const address = `${host}:${String(port)}`;
  switch (code) {
    case 'EADDRINUSE':
      return `Another program listens on ${address}: end it, or choose another port with PORT`;
    case 'EACCES':
      return `Listening on ${address} is not allowed: choose a port from 1024 with PORT`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `HOST=${host} is not an address of this machine`;
    case undefined:
    default:
      return `Listening on ${address} fails (${code ?? 'unknown reason'})`;
  }
}
