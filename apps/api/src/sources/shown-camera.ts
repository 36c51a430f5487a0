import type { Camera, Source } from '@lookout/contracts';
import { hideCredentials } from './source-url.ts';

/** A camera as it may be shown: with `***` for each credential in its address. */
export function shownCamera(camera: Camera): Camera {
  return { ...camera, source: shownSource(camera.source) };
}

/** A source as it may be shown. */
export function shownSource(source: Source): Source {
  return 'url' in source ? { ...source, url: hideCredentials(source.url) } : source;
}
