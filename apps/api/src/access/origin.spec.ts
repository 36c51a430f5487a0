import { describe, expect, it } from 'vitest';
import { isOwnOrigin } from './origin.ts';

const host = 'box.local:7001';

describe('isOwnOrigin', () => {
  it.each([
    [{ host }, true],
    [{ host, origin: 'http://box.local:7001' }, true],
    [{ host, origin: 'https://box.local:7001' }, true],
    [{ host: 'BOX.local:7001', origin: 'http://box.local:7001' }, true],
    [{ host, 'sec-fetch-site': 'same-origin' }, true],
    [{ host, 'sec-fetch-site': 'none' }, true],
    [{ host, origin: 'http://evil.example' }, false],
    [{ host, origin: 'http://box.local:7002' }, false],
    [{ host, origin: 'null' }, false],
    [{ host, origin: 'http://evil.example', 'sec-fetch-site': 'same-origin' }, false],
    [{ host, 'sec-fetch-site': 'same-site' }, false],
    [{ host, 'sec-fetch-site': 'cross-site' }, false],
    [{ origin: 'null' }, false],
  ])('%j: %s', (headers, own) => {
    expect(isOwnOrigin(headers)).toBe(own);
  });
});
