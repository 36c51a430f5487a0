import type { ApiReady } from './supervisor.ts';

/** The line that says where Lookout is; the token, on the one occasion that there is one, is in the
 * fragment, which browsers send to nobody. */
export function readyLine(ready: ApiReady, host: string, port: number): string {
  const address = new URL(
    ready.url ?? `http://${host.includes(':') ? `[${host}]` : host}:${String(port)}`,
  );
  if (ready.newAdminToken !== undefined) address.hash = `token=${ready.newAdminToken}`;
  return `Lookout is ready: ${address.href}`;
}
