import { TestBed } from '@angular/core/testing';
import { describe, expect, it } from 'vitest';
import { exampleDetection } from '../../testing/examples.ts';
import { NEW_DRAFT } from './camera-draft.ts';
import { DetectionFields } from './detection-fields.ts';
import { keeping } from './keep-preview.ts';

async function setUp() {
  const fixture = TestBed.createComponent(DetectionFields);
  fixture.componentRef.setInput('draft', { ...NEW_DRAFT, classes: ['car'] });
  fixture.componentRef.setInput('problems', {});
  await fixture.whenStable();
  const element = fixture.nativeElement as HTMLElement;
  const box = element.querySelector<HTMLInputElement>('#classes');
  if (box === null) throw new Error('there is no field for classes');
  const enter = async (text: string) => {
    box.value = text;
    box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', cancelable: true }));
    await fixture.whenStable();
  };
  const classes = () => fixture.componentInstance.draft().classes;
  return { fixture, element, box, enter, classes };
}

describe('DetectionFields', () => {
  it('takes classes by Enter, each once, and leaves them out again', async () => {
    const { fixture, element, box, enter, classes } = await setUp();
    await enter(' Person ');
    await enter('car');
    expect(classes()).toEqual(['car', 'person']);
    expect(box.value).toBe('');
    element.querySelector<HTMLButtonElement>('[aria-label="Leave out car"]')?.click();
    await fixture.whenStable();
    expect(classes()).toEqual(['person']);
  });

  it('takes a class that it does not know, with a warning', async () => {
    const { element, enter, classes } = await setUp();
    await enter('forklift');
    expect(classes()).toEqual(['car', 'forklift']);
    expect(element.querySelector('[role=alert]')?.textContent).toContain('“forklift”');
  });
});

describe('keeping', () => {
  const car = exampleDetection({ label: 'car', confidence: 0.5 });

  it('keeps what is sure enough and of a chosen class', () => {
    expect(keeping(true, 50, [])(car)).toBe(true);
    expect(keeping(true, 51, [])(car)).toBe(false);
    expect(keeping(true, 50, ['person'])(car)).toBe(false);
    expect(keeping(true, 50, ['person', 'car'])(car)).toBe(true);
  });

  it('keeps nothing when nothing is looked for', () => {
    expect(keeping(false, 1, [])(car)).toBe(false);
  });
});
