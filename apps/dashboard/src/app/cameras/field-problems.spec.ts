import { describe, expect, it } from 'vitest';
import { sortProblems } from './field-problems.ts';

describe('sortProblems', () => {
  it('gives each complaint to its field, the first of several', () => {
    const sorted = sortProblems(
      [
        { path: 'name', message: 'must not be empty' },
        { path: 'source.path', message: 'must stay in the media folder' },
        { path: 'source.path', message: 'is too long' },
      ],
      'Bad Request',
    );
    expect(sorted).toEqual({
      fields: { name: 'must not be empty', path: 'must stay in the media folder' },
      general: null,
    });
  });

  it('keeps what belongs to no field of the form', () => {
    const sorted = sortProblems([{ path: 'liveFps', message: 'is too high' }], 'Bad Request');
    expect(sorted).toEqual({ fields: {}, general: 'liveFps: is too high' });
  });

  it('shows the message when no field is named', () => {
    expect(sortProblems([], 'Lookout does not answer.').general).toBe('Lookout does not answer.');
  });
});
