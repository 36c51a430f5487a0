/**
 * Whether an `If-None-Match` header names what is there. Compared weakly, as RFC 9110 wants it here.
 * Express' own check also heeds a client's `Cache-Control: no-cache`, which `fetch` adds by itself to
 * every request with this header.
 */
export function namesTag(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch?.trim() === '*') return true;
  const named: readonly string[] = ifNoneMatch?.match(/"[^"]*"/g) ?? [];
  return named.includes(etag);
}
