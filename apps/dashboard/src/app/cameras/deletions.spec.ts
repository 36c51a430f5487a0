import { TestBed } from '@angular/core/testing';
import { describe, expect, it, vi } from 'vitest';
import { exampleCamera } from '../../testing/examples.ts';
import { setUpPage } from '../../testing/page.ts';
import { Cameras } from './cameras.ts';
import { Deletions, GRACE_MS } from './deletions.ts';

const gate = exampleCamera({ version: 3 });

function setUp(...answers: Response[]) {
  const page = setUpPage([gate, exampleCamera({ id: 'yard', name: 'Yard' })]);
  const sent: string[] = [];
  page.fetch.mockImplementation((path, { method, headers }) => {
    if (method === 'DELETE') sent.push(`${path} ${new Headers(headers).get('if-match') ?? ''}`);
    return Promise.resolve(answers.shift() ?? new Response(null, { status: 204 }));
  });
  const cameras = TestBed.inject(Cameras);
  const ids = () => cameras.list()?.map(({ id }) => id);
  return { ...page, sent, ids, deletions: TestBed.inject(Deletions) };
}

describe('Deletions', () => {
  it('hides the camera at once, and asks the server when the grace is over', async () => {
    const { clock, sent, ids, deletions } = setUp();
    deletions.begin(gate);
    expect(ids()).toEqual(['yard']);
    clock.advance(GRACE_MS - 1);
    expect(sent).toEqual([]);
    clock.advance(1);
    expect(sent).toEqual(['/api/v1/cameras/gate "3"']);
    await vi.waitFor(() => {
      expect(TestBed.inject(Cameras).told()).toHaveLength(1);
    });
    expect(deletions.list()).toEqual([]);
    expect(ids()).toEqual(['yard']);
  });

  it('leaves everything as it was when taken back', () => {
    const { clock, sent, ids, deletions } = setUp();
    deletions.begin(gate);
    deletions.undo('gate');
    clock.advance(GRACE_MS * 2);
    expect(sent).toEqual([]);
    expect(ids()).toEqual(['gate', 'yard']);
  });

  it('shows the camera again, and why, when somebody changed it meanwhile', async () => {
    const { clock, ids, deletions } = setUp(new Response('{"status":412}', { status: 412 }));
    deletions.begin(gate);
    clock.advance(GRACE_MS);
    await vi.waitFor(() => {
      expect(deletions.list()[0]?.problem).toContain('Somebody changed it');
    });
    expect(ids()).toEqual(['gate', 'yard']);
    deletions.undo('gate');
    expect(deletions.list()).toEqual([]);
  });
});
