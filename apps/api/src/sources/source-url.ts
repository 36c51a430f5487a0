/** Stands for a credential wherever a source is shown, and means "as it was" when it is sent back. */
export const HIDDEN = '***';

/** Names of query parameters whose values let somebody in. */
const SECRET_PARAMETER =
  /^(?:pass(?:word|wd)?|pwd|user(?:name)?|login|auth|token|access_?token|api_?key|key|secret|sig(?:nature)?|session(?:id)?)$/i;

const USER_INFO = /^([a-z][a-z0-9+.-]*:\/\/)([^/?#@]*(?:@[^/?#@]*)*)@/i;

/** The address with each credential (password, and values of secret query parameters) as `***`. */
export function hideCredentials(url: string): string {
  const shown = url.replace(USER_INFO, (_, scheme: string, userInfo: string) => {
    const colon = userInfo.indexOf(':');
    // A user name without a password may itself be a token.
    return colon === -1 ? `${scheme}${HIDDEN}@` : `${scheme}${userInfo.slice(0, colon)}:${HIDDEN}@`;
  });
  return mapParameters(shown, () => HIDDEN);
}

/** Every credential that an address holds, as written and decoded, longest first: what a log must not show. */
export function credentialsOf(url: string): string[] {
  const found = new Set<string>();
  const userInfo = USER_INFO.exec(url)?.[2];
  if (userInfo !== undefined) {
    const colon = userInfo.indexOf(':');
    found.add(colon === -1 ? userInfo : userInfo.slice(colon + 1));
  }
  mapParameters(url, (value) => {
    found.add(value);
    return value;
  });
  for (const secret of [...found]) found.add(decode(secret));
  return [...found].filter((secret) => secret !== '').sort((a, b) => b.length - a.length);
}

/** Replaces the credentials of `url`, and any user information in an address, wherever `text` repeats them. */
export function hideCredentialsIn(text: string, url: string): string {
  let shown = text.replaceAll(url, hideCredentials(url));
  // A very short one would also hide parts of ordinary words.
  for (const secret of credentialsOf(url).filter((secret) => secret.length >= 3)) {
    shown = shown.replaceAll(secret, HIDDEN);
  }
  return shown.replace(/([a-z][a-z0-9+.-]*:\/\/)[^\s/?#@'"]+@/gi, `$1${HIDDEN}@`);
}

/**
 * An address as it is sent back by somebody who was shown `***`: those are replaced by what is stored.
 * @returns `null` when a `***` stands where nothing is stored, or the host or protocol was changed
 *   beneath it, so that a stored password is never sent to anybody else
 */
export function restoreCredentials(url: string, stored: string | undefined): string | null {
  if (!url.includes(HIDDEN)) return url;
  if (stored === undefined) return null;
  const [there, here] = [URL.parse(url), URL.parse(stored)];
  // Nor in clear, where it was kept for an encrypted connection.
  if (there?.host !== here?.host || there?.protocol !== here?.protocol) return null;
  const [sent, kept] = [USER_INFO.exec(url)?.[2], USER_INFO.exec(stored)?.[2]];
  let restored = url;
  if (sent?.includes(HIDDEN) === true) {
    if (kept === undefined) return null;
    const [sentName, keptName] = [sent.split(':')[0], kept.split(':')[0]];
    if (sent !== HIDDEN && sentName !== keptName) return null;
    restored = url.replace(USER_INFO, (_, scheme: string) => `${scheme}${kept}@`);
  }
  const parameters = new Map<string, string>();
  mapParameters(stored, (value, name) => {
    parameters.set(name, value);
    return value;
  });
  const missing: string[] = [];
  restored = mapParameters(restored, (value, name) => {
    if (value !== HIDDEN) return value;
    const kept = parameters.get(name);
    if (kept === undefined) missing.push(name);
    return kept ?? value;
  });
  return missing.length > 0 ? null : restored;
}

function mapParameters(url: string, replace: (value: string, name: string) => string): string {
  const start = url.indexOf('?');
  if (start === -1) return url;
  const end = url.indexOf('#', start);
  const query = url.slice(start + 1, end === -1 ? undefined : end);
  const mapped = query.split('&').map((pair) => {
    const equals = pair.indexOf('=');
    if (equals === -1) return pair;
    const name = pair.slice(0, equals);
    if (!SECRET_PARAMETER.test(decode(name))) return pair;
    return `${name}=${replace(pair.slice(equals + 1), name)}`;
  });
  return `${url.slice(0, start)}?${mapped.join('&')}${end === -1 ? '' : url.slice(end)}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * The host that an address names; an IPv6 address in brackets. Numbers in all the ways of writing
 * them become the one usual way: of RTSP too, for which the URL standard itself leaves them alone.
 */
export function hostOf(url: string): string {
  return URL.parse(url.replace(/^rtsps?:/i, 'http:'))?.hostname ?? '';
}
