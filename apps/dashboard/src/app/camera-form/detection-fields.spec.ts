import { TestBed } from '@angular/core/testing';
import { describe, expect, it } from 'vitest';
import type { Model } from '@lookout/contracts';
import { exampleDetection } from '../../testing/examples.ts';
import { FETCH } from '../server/rest.ts';
import { NEW_DRAFT } from './camera-draft.ts';
import { DetectionFields } from './detection-fields.ts';
import { keeping } from './keep-preview.ts';

const model: Model = {
  id: 'small',
  title: 'Small one',
  input: 320,
  labels: ['person', 'car'],
  licence: { id: 'MIT', holder: 'Somebody', url: 'https://example.org', notice: '' },
  installed: true,
  isDefault: true,
};
const models = [
  model,
  { ...model, id: 'large', title: 'Large one', isDefault: false, installed: false },
];

async function setUp() {
  const fetch = () => Promise.resolve(new Response(JSON.stringify(models)));
  TestBed.configureTestingModule({ providers: [{ provide: FETCH, useValue: fetch }] });
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

  it('shows why the server refused a class, rather than the warning', async () => {
    const { fixture, element, enter } = await setUp();
    await enter('prson');
    const refusal = 'the model "small" does not know "prson": did you mean "person"?';
    fixture.componentRef.setInput('problems', { 'detection.classes': refusal });
    await fixture.whenStable();
    expect(element.querySelector('[role=alert]')?.textContent).toContain(refusal);
  });
});

describe('the choice of a model', () => {
  it('names the default, and what is not installed', async () => {
    const { fixture, element } = await setUp();
    const select = element.querySelector<HTMLSelectElement>('#model');
    if (select === null) throw new Error('there is no choice of a model');
    expect([...select.options].map(({ text }) => text)).toEqual([
      'Catalog default: Small one',
      'Small one',
      'Large one (not installed)',
    ]);
    select.selectedIndex = 2;
    select.dispatchEvent(new Event('change'));
    await fixture.whenStable();
    expect(fixture.componentInstance.draft().model).toBe('large');
    expect(element.querySelector('#model-about')?.textContent).toContain('models -- get large');
  });

  it('keeps a model that is not in the catalog', async () => {
    const { fixture, element } = await setUp();
    fixture.componentRef.setInput('draft', { ...NEW_DRAFT, model: 'mine' });
    await fixture.whenStable();
    const select = element.querySelector<HTMLSelectElement>('#model');
    expect([select?.value, select?.selectedOptions[0]?.text]).toEqual(['mine', 'mine']);
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
