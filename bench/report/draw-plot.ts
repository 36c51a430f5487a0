import * as Observable from '@observablehq/plot';
import { JSDOM } from 'jsdom';
import type { Plot } from './plot.ts';

/** Told apart by those who see colours differently (Okabe and Ito, 2008). */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#555555'];
const NAMES_WIDTH = 170;
const LINE_HEIGHT = 18;

/** Draws a plot. @returns a whole SVG document, which needs nothing else to be shown */
export function drawPlot({ title, x, y, series, bound }: Plot): string {
  const points = series.flatMap(({ name, points }) =>
    points.map(([at, height]) => ({ name, at, height: height ?? NaN })),
  );
  const channels = { x: 'at', y: 'height', z: 'name' } as const;
  const element = Observable.plot({
    document: new JSDOM().window.document,
    width: 860,
    height: 360,
    marginTop: 48,
    marginLeft: 56,
    marginBottom: 44,
    marginRight: NAMES_WIDTH,
    style: { background: 'white', color: '#222', fontSize: '13px', fontFamily: 'sans-serif' },
    x: { label: x.label, type: x.steps === true ? 'point' : 'linear' },
    y: { label: y.label, zero: true, nice: true, grid: true },
    color: { domain: series.map(({ name }) => name), range: COLOURS },
    marks: [
      Observable.text([title], { frameAnchor: 'top', dy: -38, fontWeight: 'bold', fontSize: 15 }),
      Observable.ruleY([0]),
      ...boundMarks(bound),
      Observable.lineY(points, { ...channels, stroke: 'name', strokeWidth: 1.8 }),
      ...(points.length < 200
        ? [Observable.dot(points, { ...channels, fill: 'name', r: 2.6 })]
        : []),
      ...series.map(({ name }, index) =>
        Observable.text([name], {
          frameAnchor: 'top-right',
          textAnchor: 'start',
          dx: 12,
          dy: index * LINE_HEIGHT,
          fill: COLOURS[index % COLOURS.length] ?? '',
          fontWeight: 'bold',
        }),
      ),
    ],
  });
  element.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  return `${element.outerHTML}\n`;
}

function boundMarks(bound: Plot['bound']): Observable.Markish[] {
  if (bound === undefined) return [];
  const style = { frameAnchor: 'right', textAnchor: 'start', dx: 12, fill: '#777' } as const;
  return [
    Observable.ruleY([bound.y], { stroke: '#777', strokeDasharray: '5 4' }),
    Observable.text([bound.label], { y: () => bound.y, ...style }),
  ];
}
