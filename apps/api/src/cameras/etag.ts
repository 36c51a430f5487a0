import type { Camera } from '@lookout/contracts';

/** Changes with every version of a camera. */
export function etagOf(camera: Pick<Camera, 'version'>): string {
  return `"${String(camera.version)}"`;
}

/**
 * Whether an `If-Match` header, where there is one, allows a change of this version. Compared
 * strongly, as RFC 9110 wants it here: a weak tag (`W/"3"`) never matches.
 */
export function matches(ifMatch: string | undefined, camera: Pick<Camera, 'version'>): boolean {
  if (ifMatch === undefined || ifMatch.trim() === '*') return true;
  const wanted: readonly string[] = ifMatch.match(/(?:W\/)?"[^"]*"/g) ?? [];
  return wanted.includes(etagOf(camera));
}
