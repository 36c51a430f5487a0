import type { CameraState } from '@lookout/contracts';
import { describe, expect, it } from 'vitest';
import { exampleCamera, exampleStatus } from '../../testing/examples.ts';
import { cameraRow, filterRows, sortRows } from './camera-rows.ts';

function row(id: string, state: CameraState | null, capture = 0) {
  const rates = { capture, live: 0, offered: 0, detected: 0 };
  return cameraRow(
    exampleCamera({ id, name: id }),
    state === null
      ? null
      : exampleStatus({ state, rates, reason: state === 'failed' ? 'No such file' : null }),
  );
}

const ids = (rows: ReturnType<typeof sortRows>) => rows.map(({ camera }) => camera.id);

describe('sortRows', () => {
  it('puts numbers within names in their order', () => {
    const rows = ['cam 10', 'cam 9', 'cam 1'].map((id) => row(id, 'live'));
    expect(ids(sortRows(rows, { key: 'name', descending: false }))).toEqual([
      'cam 1',
      'cam 9',
      'cam 10',
    ]);
  });

  it('puts what needs a person first, and by name among equals', () => {
    const rows = [
      row('off', 'disabled'),
      row('b', 'live'),
      row('a', 'live'),
      row('new', null),
      row('gone', 'reconnecting'),
      row('bad', 'failed'),
    ];
    const order = { key: 'state', descending: false } as const;
    expect(ids(sortRows(rows, order))).toEqual(['bad', 'gone', 'new', 'a', 'b', 'off']);
  });

  it('does not let trembling rates shuffle rows', () => {
    const rows = [row('b', 'live', 15.1), row('a', 'live', 14.9), row('c', 'live', 30)];
    expect(ids(sortRows(rows, { key: 'capture', descending: true }))).toEqual(['c', 'a', 'b']);
  });
});

describe('filterRows', () => {
  const rows = [row('gate', 'live'), row('yard', 'failed'), row('roof', 'disabled')];

  it('finds every word anywhere: name, source, state or reason', () => {
    expect(ids(filterRows(rows, '  YARD such', 'all'))).toEqual(['yard']);
    expect(ids(filterRows(rows, 'generated', 'all'))).toHaveLength(3);
    expect(ids(filterRows(rows, 'gate failed', 'all'))).toEqual([]);
  });

  it('keeps to the states that are asked for', () => {
    expect(ids(filterRows(rows, '', 'trouble'))).toEqual(['yard']);
    expect(ids(filterRows(rows, '', 'live'))).toEqual(['gate']);
    expect(ids(filterRows(rows, '', 'off'))).toEqual(['roof']);
  });
});
