import type { IncomingMessage } from 'node:http';

/** @returns the token of an `Authorization: Bearer` header, if there is one */
export function bearerToken(request: Pick<IncomingMessage, 'headers'>): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1];
}
