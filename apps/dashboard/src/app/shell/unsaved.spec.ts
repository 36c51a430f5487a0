import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { askBeforeLeaving, leaveAsked } from './unsaved.ts';

const text = signal('');

@Component({ template: 'a form' })
class Form {
  constructor() {
    askBeforeLeaving(() => (text() === '' ? null : `Leave ${text()}?`));
  }
}

@Component({ template: 'elsewhere' })
class Elsewhere {}

describe('leaving a page', () => {
  const confirm = vi.spyOn(window, 'confirm');
  let leave: () => Promise<string>;
  beforeEach(async () => {
    confirm.mockReset();
    text.set('');
    TestBed.configureTestingModule({
      providers: [
        provideRouter([
          { path: 'form', component: Form, canDeactivate: [leaveAsked] },
          { path: '', component: Elsewhere },
        ]),
      ],
    });
    const harness = await RouterTestingHarness.create('/form');
    leave = async () => {
      await harness.navigateByUrl('/');
      return TestBed.inject(Router).url;
    };
  });
  afterEach(() => {
    TestBed.resetTestingModule();
  });

  /** Whether the browser would ask before it closes. */
  function asksBrowser(): boolean {
    const event = new Event('beforeunload', { cancelable: true });
    window.dispatchEvent(event);
    return event.defaultPrevented;
  }

  it('asks nothing while nothing would be lost', async () => {
    expect(asksBrowser()).toBe(false);
    expect(await leave()).toBe('/');
    expect(confirm).not.toHaveBeenCalled();
  });

  it.each([
    { answer: false, url: '/form' },
    { answer: true, url: '/' },
  ])('asks what would be lost, and ends at $url when told $answer', async ({ answer, url }) => {
    text.set('the draft');
    confirm.mockReturnValue(answer);
    expect(asksBrowser()).toBe(true);
    expect(await leave()).toBe(url);
    expect(confirm).toHaveBeenCalledExactlyOnceWith('Leave the draft?');
    expect(asksBrowser()).toBe(!answer);
  });
});
