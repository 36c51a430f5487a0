import { describe, expect, it } from 'vitest';
import { exampleEvent } from '../../testing/examples.ts';
import { eventView } from './event-words.ts';

const NOW = Date.parse('2026-01-01T09:00:00.000Z');
const names = new Map([['gate', 'Gate']]);

describe('an event in words', () => {
  it('says what, where, how long and how it stands', () => {
    expect(eventView(exampleEvent(), names, NOW).says).toMatch(/^car at Gate, .*, 1 min, ended$/);
  });

  it('never claims more than was seen', () => {
    const gap = { from: '2026-01-01T08:01:00.000Z', to: null, reason: 'no worker is alive' };
    const open = exampleEvent({ state: 'uncertain', endedAt: null, gaps: [gap] });
    expect(eventView(open, names, NOW)).toMatchObject({ lasted: 'at least 1 min', gaps: '1 gap' });
    const active = exampleEvent({ state: 'active', endedAt: null });
    expect(eventView(active, names, NOW).lasted).toBe('for 1 min');
  });

  it('calls a camera that is gone by its id', () => {
    expect(eventView(exampleEvent({ cameraId: 'shed' }), names, NOW).camera).toBe('shed');
  });
});
