import type { Source } from '@lookout/contracts';
import { HIDDEN, hideCredentials } from '../sources/source-url.ts';

/** What a person must do about a source that cannot be opened. */
export const LOCKED =
  'Its address is kept sealed, and the key is missing: put the key back into secrets.key in the ' +
  'data directory and start Lookout again, or write the address in full';

/** What is left of a source whose key is missing: as it is shown, and recognisable. */
export function lockedSource(source: Source): Source {
  if (!('url' in source)) return source;
  const url = hideCredentials(source.url);
  return { ...source, url: isHidden(url) ? url : url.replace('://', `://${HIDDEN}@`) };
}

/** Whether a source is only what is left of it. No other source has `***` before its host. */
export function isLocked(source: Source): boolean {
  return 'url' in source && isHidden(source.url);
}

function isHidden(url: string): boolean {
  return url.includes(`${HIDDEN}@`);
}
