import { expect, it } from 'vitest';
import type { Played } from './play.ts';
import { verdict } from './verdict.ts';

function played(...missed: string[]): Played {
  const claims = ['books', 'other'].map((claim) => ({
    ...{ claim, holds: !missed.includes(claim), found: [] },
  }));
  return { recoveryMs: 1, sight: '', course: [], claims };
}

it.each([
  { plays: [[]], counts: 0 },
  { plays: [['other']], counts: null },
  { plays: [['other'], []], counts: null },
  { plays: [['other'], [], []], counts: 2 },
  { plays: [['other'], ['other']], counts: 1 },
  { plays: [['other'], [], ['other']], counts: 2 },
  { plays: [['books']], counts: 0 },
  { plays: [['other', 'books']], counts: 0 },
  { plays: [['other'], ['books']], counts: 1 },
])('of plays that missed $plays, $counts counts', ({ plays, counts }) => {
  const all = plays.map((missed) => played(...missed));
  expect(verdict(all)).toBe(counts === null ? null : all[counts]);
});
