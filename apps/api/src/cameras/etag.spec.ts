import { describe, expect, it } from 'vitest';
import { etagOf, matches } from './etag.ts';

const camera = { version: 3 };

describe('etag', () => {
  it.each([
    [undefined, true],
    ['*', true],
    ['"3"', true],
    ['"2", "3"', true],
    [' * ', true],
    ['"2","3"', true],
    ['W/"2", "3"', true],
    ['"2"', false],
    ['W/"3"', false],
    ['"1, 3"', false],
    ['"*"', false],
    ['3', false],
    ['', false],
  ])('If-Match %j: %s', (header, allowed) => {
    expect(matches(header, camera)).toBe(allowed);
  });

  it('changes with the version', () => {
    expect(etagOf(camera)).not.toBe(etagOf({ version: 4 }));
  });
});
