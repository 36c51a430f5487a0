import { TestBed } from '@angular/core/testing';
import { expect, it } from 'vitest';
import { exampleCamera, exampleStatus } from '../../testing/examples.ts';
import { setUpPage } from '../../testing/page.ts';
import { AgeLine } from './age-line.ts';

const at = (p50: number) => ({ p50, p95: p50 * 2, p99: p50 * 3 });

it('shows where the time goes, in words and as a bar, and nothing when that is not known', async () => {
  const { watches } = setUpPage();
  const watch = watches.of(exampleCamera());
  const fixture = TestBed.createComponent(AgeLine);
  fixture.componentRef.setInput('watch', watch);
  await fixture.whenStable();
  const element = fixture.nativeElement as HTMLElement;
  expect(element.textContent.trim()).toBe('');

  const ages = { taken: at(8), decoded: at(10), inferred: at(1210), published: at(1222) };
  watch.heard(exampleStatus({ ages: { ...ages, sent: at(1), drawn: at(14) } }));
  watch.refresh();
  await fixture.whenStable();
  const [result, picture] = element.querySelectorAll('[role=group]');
  expect(result?.getAttribute('aria-label')).toBe(
    'Where the 1.2 s of a result go, by the medians of the last minute',
  );
  const words = (group: Element | undefined) =>
    Array.from(group?.querySelectorAll('li') ?? [], (step) =>
      step.textContent.trim().replace(/\s+/g, ' '),
    );
  expect(words(result)).toEqual(['wait 8 ms', 'decode 2 ms', 'infer 1.2 s', 'publish 12 ms']);
  expect(words(picture)).toEqual(['send 1 ms', 'draw 13 ms']);
  const parts = result?.querySelectorAll<HTMLElement>('.bar > span') ?? [];
  expect(Array.from(parts, ({ style }) => style.flexGrow)).toEqual(['8', '2', '1200', '12']);
});
