import { describe, expect, it } from 'vitest';
import { sortProblems } from './field-problems.ts';

const known = ['name', 'source.url', 'detection.classes'];

describe('sortProblems', () => {
  it('gives each complaint to its field, the first of several', () => {
    const problems = [
      { path: 'name', message: 'must not be empty' },
      { path: 'source.url', message: 'must begin with rtsp://' },
      { path: 'source.url', message: 'is too long' },
      { path: 'detection.classes.3', message: 'must not be empty' },
    ];
    expect(sortProblems(problems, known, 'Bad Request')).toEqual({
      fields: {
        name: 'must not be empty',
        'source.url': 'must begin with rtsp://',
        'detection.classes': 'must not be empty',
      },
      general: null,
    });
  });

  it('keeps what belongs to no field of the form', () => {
    const problems = [
      { path: 'nameless', message: 'is not a known field' },
      { path: '', message: 'must be an object' },
    ];
    expect(sortProblems(problems, known, 'Bad Request')).toEqual({
      fields: {},
      general: 'nameless: is not a known field; must be an object',
    });
  });

  it('shows the message when no field is named', () => {
    expect(sortProblems([], known, 'Lookout does not answer.').general).toBe(
      'Lookout does not answer.',
    );
  });
});
