import { JSDOM } from 'jsdom';
import { expect, it } from 'vitest';
import { drawPlot } from './draw-plot.ts';

it('draws each series as a line with its name, and nothing where a figure is missing', () => {
  const svg = drawPlot({
    name: 'ages',
    title: 'Age over time',
    x: { label: 'seconds' },
    y: { label: 'age in s' },
    series: [
      { name: 'list', points: [0, 1, 2].map((at) => [at, at * 2]) },
      { name: 'mailbox', points: [[0, 0.1], [1, null], [2, 0.1]] }, // prettier-ignore
    ],
    bound: { label: 'aim', y: 1 },
  });
  const { document } = new JSDOM(svg, { contentType: 'image/svg+xml' }).window;
  expect(document.documentElement.localName).toBe('svg');
  expect([...document.querySelectorAll('text')].map((text) => text.textContent)).toEqual(
    expect.arrayContaining(['Age over time', 'list', 'mailbox', 'aim']),
  );
  const lines = [...document.querySelectorAll('g[aria-label="line"] path')];
  // One stretch for the list; the missing figure leaves the mailbox two.
  expect(lines.map((line) => line.getAttribute('d')?.match(/M/g)?.length)).toEqual([1, 2]);
  expect(document.querySelectorAll('circle')).toHaveLength(5);
  expect(svg).not.toContain('NaN');
});
