import type { Source } from '@lookout/contracts';
import { lastWords } from './last-words.ts';
import { hideCredentialsIn } from './source-url.ts';

/** Why a source gives no pictures. */
export interface SourceFault {
  /** In words for a person, without credentials. */
  readonly reason: string;
  /** Whether it takes a person to mend it. */
  readonly needsPerson: boolean;
  /** How long to leave the source in peace at least, ms. */
  readonly retryAfterMs?: number;
}

/** Cameras lock an account after a few wrong passwords, so those are not tried often. */
const WRONG_PASSWORD_MS = 60_000;

interface Meaning {
  readonly said: RegExp;
  readonly reason: string;
  /** Of a stream that never gave a picture: whether it takes a person. */
  readonly needsPerson: boolean;
  readonly retryAfterMs?: number;
}

const MEANINGS: readonly Meaning[] = [
  {
    said: /\b401 Unauthorized|authorization failed/i,
    reason: 'The camera refuses this user name or password (401): correct them in its address',
    needsPerson: true,
    retryAfterMs: WRONG_PASSWORD_MS,
  },
  {
    said: /\b403 Forbidden/i,
    reason: 'The camera forbids access to this stream (403): check the rights of its user',
    needsPerson: true,
    retryAfterMs: WRONG_PASSWORD_MS,
  },
  {
    said: /\b404 (?:Stream )?Not Found/i,
    reason: 'The camera has no stream at this address (404): check the path',
    needsPerson: true,
  },
  {
    said: /\b461 |Nonmatching transport/i,
    reason: 'The camera does not send by this transport: choose the other one (tcp or udp)',
    needsPerson: true,
  },
  {
    said: /Format not on whitelist/i,
    reason: 'This is not a video file of a kind that can be played: make it an MP4, MKV, TS or AVI',
    needsPerson: true,
  },
  {
    said: /not on whitelist/i,
    reason: 'The stream leads to something that this type of source may not read',
    needsPerson: true,
  },
  {
    said: /matches no streams|does not contain any stream/i,
    reason: 'There is no picture in this stream',
    needsPerson: true,
  },
  {
    said: /Connection refused/i,
    reason: 'Nobody listens at this address (Connection refused)',
    needsPerson: false,
  },
  {
    said: /timed out|Immediate exit requested/i,
    reason: 'The camera does not answer (timed out)',
    needsPerson: false,
  },
  {
    said: /No route to host|unreachable/i,
    reason: 'There is no way to this address (unreachable)',
    needsPerson: false,
  },
];

const NO_VIDEO = /Invalid data found when processing input/i;

/** What is known of a decoder that ended. */
export interface Ending {
  /** What it wrote to its error output, or what the system said of it. */
  readonly words: string | null | undefined;
  /** Address of the source with its credentials, if it has one. */
  readonly url?: string;
  /** Of a file: where it lies, and what it is called by who may not know that. */
  readonly file?: { readonly input: string; readonly path: string };
  readonly sawPicture: boolean;
  /** Whether bytes that are no video are the source's own fault rather than of a broken connection. */
  readonly steady: boolean;
}

/** What the last words must not repeat of a source: credentials, and where on this machine a file lies. */
export function namesOf(source: Source, input: string): Pick<Ending, 'url' | 'file'> {
  if ('url' in source) return { url: source.url };
  return source.type === 'file' ? { file: { input, path: source.path } } : {};
}

/** Says what ffmpeg's last words mean. */
export function faultOf({ words, url, file, sawPicture, steady }: Ending): SourceFault {
  const said = words ?? '';
  const text = file === undefined ? said : said.replaceAll(file.input, file.path);
  const meaning = sawPicture ? undefined : MEANINGS.find(({ said }) => said.test(text));
  if (meaning !== undefined) {
    const { reason, needsPerson, retryAfterMs } = meaning;
    return { reason, needsPerson, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  }
  const last = lastWords(url === undefined ? text : hideCredentialsIn(text, url));
  if (!sawPicture && steady && NO_VIDEO.test(text)) {
    return {
      reason: `What comes from there is no video (${last ?? 'Invalid data found'})`,
      needsPerson: true,
    };
  }
  return { reason: last ?? 'The stream ended', needsPerson: false };
}
