import { TestBed } from '@angular/core/testing';
import { MatDialogRef } from '@angular/material/dialog';
import { describe, expect, it, vi } from 'vitest';
import { exampleCamera } from '../../testing/examples.ts';
import { setUpPage } from '../../testing/page.ts';
import { AddCamera } from './add-camera.ts';

async function setUp(answer: Response) {
  const close = vi.fn();
  const page = setUpPage([], [{ provide: MatDialogRef, useValue: { close } }]);
  page.fetch.mockImplementation((_, { method }) =>
    Promise.resolve(method === 'POST' ? answer : new Response('[]')),
  );
  const fixture = TestBed.createComponent(AddCamera);
  await fixture.whenStable();
  const element = fixture.nativeElement as HTMLElement;
  const submit = async (name: string, path: string) => {
    const fill = (selector: string, value: string) => {
      const input = element.querySelector<HTMLInputElement>(selector);
      if (input !== null) input.value = value;
    };
    fill('[name=name]', name);
    fill('[name=path]', path);
    element.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
    await vi.waitFor(() => {
      expect(element.querySelector('[type=submit]')?.textContent.trim()).toBe('Add');
    });
    await fixture.whenStable();
  };
  return { ...page, close, element, submit };
}

describe('AddCamera', () => {
  it('sends the name and the source, and closes with the camera', async () => {
    const made = exampleCamera();
    const { close, fetch, submit } = await setUp(
      new Response(JSON.stringify(made), { status: 201 }),
    );
    void submit('Gate', 'gate.mp4');
    await vi.waitFor(() => {
      expect(close).toHaveBeenCalledExactlyOnceWith(made);
    });
    const body = fetch.mock.calls.find(([, { method }]) => method === 'POST')?.[1].body;
    expect(body).toBe('{"name":"Gate","source":{"type":"file","path":"gate.mp4"}}');
  });

  it("shows the server's complaints beside their fields", async () => {
    const errors = [
      { path: 'name', message: 'must not be empty' },
      { path: 'source.path', message: 'must stay in the media folder' },
    ];
    const { close, element, submit } = await setUp(
      new Response(JSON.stringify({ title: 'Bad Request', status: 400, errors }), { status: 400 }),
    );
    await submit('', '../x.mp4');
    expect([...element.querySelectorAll('[role=alert]')].map((p) => p.textContent)).toEqual([
      'Name: must not be empty',
      'File: must stay in the media folder',
    ]);
    for (const input of element.querySelectorAll('input[matinput]')) {
      expect(input.getAttribute('aria-invalid')).toBe('true');
    }
    expect(close).not.toHaveBeenCalled();
  });
});
