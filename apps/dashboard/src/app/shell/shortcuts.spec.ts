import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { Shortcuts } from './shortcuts.ts';

function key(name: string, target: Element = document.body, init: KeyboardEventInit = {}) {
  const event = new KeyboardEvent('keydown', { key: name, bubbles: true, ...init });
  Object.defineProperty(event, 'target', { value: target });
  return event;
}

beforeEach(() => {
  localStorage.clear();
});

describe('Shortcuts', () => {
  it('takes plain keys, whatever their case', () => {
    const shortcuts = TestBed.inject(Shortcuts);
    expect(shortcuts.keyOf(key('E'))).toBe('e');
    expect(shortcuts.keyOf(key('ArrowUp'))).toBe('ArrowUp');
  });

  it("leaves the browser's keys and those of somebody who types alone", () => {
    const shortcuts = TestBed.inject(Shortcuts);
    expect(shortcuts.keyOf(key('f', document.body, { ctrlKey: true }))).toBeNull();
    expect(shortcuts.keyOf(key('e', document.createElement('input')))).toBeNull();
  });

  it('lets single letters be switched off, and remembers that', () => {
    TestBed.inject(Shortcuts).enable(false);
    TestBed.resetTestingModule();
    const shortcuts = TestBed.inject(Shortcuts);
    expect(shortcuts.keyOf(key('e'))).toBeNull();
    expect(shortcuts.keyOf(key('ArrowUp'))).toBe('ArrowUp');
  });
});
