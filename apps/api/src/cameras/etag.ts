import type { Camera } from '@lookout/contracts';

/** Changes with every version of a camera. */
export function etagOf(camera: Pick<Camera, 'version'>): string {
  return `"${String(camera.version)}"`;
}

/** Whether an `If-Match` header, where there is one, allows a change of this version. */
export function matches(ifMatch: string | undefined, camera: Pick<Camera, 'version'>): boolean {
  if (ifMatch === undefined) return true;
  const wanted = ifMatch.split(',').map((tag) => tag.trim());
  return wanted.includes('*') || wanted.includes(etagOf(camera));
}
