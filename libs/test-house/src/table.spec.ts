import { expect, it } from 'vitest';
import { formatTable } from './table.ts';

it('lays cells out in columns under a heading', () => {
  expect(formatTable([['part', 'share'], ['worker', '0.4 %'], ['api']])).toBe(
    ['part    share', '------  -----', 'worker  0.4 %', 'api'].join('\n'),
  );
});
