import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { SETTING_NAMES } from '@lookout/config';
import { expect, test } from 'vitest';

const PAGE = resolve(import.meta.dirname, '../../docs/ref/environment.md');

test('the page of settings lists every setting and no other', () => {
  const rows = readFileSync(PAGE, 'utf8').matchAll(/^\| `([A-Z_]+)` +\|/gm);
  expect([...rows].map(([, name]) => name)).toEqual(SETTING_NAMES);
});
