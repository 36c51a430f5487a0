import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  credentialsOf,
  hideCredentials,
  hideCredentialsIn,
  restoreCredentials,
} from './source-url.ts';

describe('hideCredentials', () => {
  it.each([
    ['rtsp://user:secret@10.0.0.5/stream', 'rtsp://user:***@10.0.0.5/stream'],
    ['rtsp://user:p@ss:w@10.0.0.5/s', 'rtsp://user:***@10.0.0.5/s'],
    ['http://tokenlike@cam/x', 'http://***@cam/x'],
    ['http://cam/v?user=u&password=p&fps=5', 'http://cam/v?user=***&password=***&fps=5'],
    ['http://cam/v?ACCESS_TOKEN=abc#f', 'http://cam/v?ACCESS_TOKEN=***#f'],
    ['rtsp://10.0.0.5/stream', 'rtsp://10.0.0.5/stream'],
    ['http://cam/a@b', 'http://cam/a@b'],
  ])('%s is shown as %s', (url, shown) => {
    expect(hideCredentials(url)).toBe(shown);
  });
});

const word = fc.stringMatching(/^[A-Za-z0-9%._~!$&'()*+,;=-]{4,20}$/);

describe('hideCredentialsIn', () => {
  it('leaves no password in what ffmpeg said, written or decoded', () => {
    const url = 'rtsp://admin:p%40ssw0rd@10.0.0.5/live';
    const said = `[rtsp] method DESCRIBE failed for ${url}: 401 (p@ssw0rd, p%40ssw0rd)`;
    expect(hideCredentialsIn(said, url)).toBe(
      '[rtsp] method DESCRIBE failed for rtsp://***@10.0.0.5/live: 401 (***, ***)',
    );
  });

  it('never lets a secret through', () => {
    fc.assert(
      fc.property(word, word, fc.string(), fc.string(), (user, secret, before, after) => {
        const url = `rtsp://${user}:${secret}@camera/s?token=${secret}`;
        fc.pre(!hideCredentials(url).includes(secret));
        const text = `${before}${url}${after}`;
        expect(hideCredentialsIn(text, url)).not.toContain(secret);
        expect(credentialsOf(url)).toContain(secret);
      }),
    );
  });
});

describe('restoreCredentials', () => {
  const stored = 'rtsp://user:secret@10.0.0.5/one?token=abc';

  it('gives back what was hidden', () => {
    expect(restoreCredentials(hideCredentials(stored), stored)).toBe(stored);
    expect(restoreCredentials('rtsp://user:***@10.0.0.5/two', stored)).toBe(
      'rtsp://user:secret@10.0.0.5/two',
    );
  });

  it('takes a new address as it is', () => {
    expect(restoreCredentials('rtsp://a:b@host/x', stored)).toBe('rtsp://a:b@host/x');
  });

  it.each([
    ['another host', 'rtsp://user:***@evil.example/one', stored],
    ['another protocol', 'rtsps://user:***@10.0.0.5/one', stored],
    ['another port', 'rtsp://user:***@10.0.0.5:1554/one', stored],
    ['another user', 'rtsp://other:***@10.0.0.5/one', stored],
    ['nothing stored', 'rtsp://user:***@10.0.0.5/one', undefined],
    ['a parameter that was not there', 'rtsp://10.0.0.5/one?password=***', stored],
    ['no user information stored', 'rtsp://user:***@10.0.0.5/one', 'rtsp://10.0.0.5/one'],
  ])('refuses to guess: %s', (_, url, kept) => {
    expect(restoreCredentials(url, kept)).toBeNull();
  });
});
