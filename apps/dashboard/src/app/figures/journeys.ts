import type { CameraStatus, Hop } from '@lookout/contracts';

/** One stretch of a frame's way, and the median time that it takes. */
export interface Step {
  readonly name: string;
  readonly ms: number;
  readonly meaning: string;
}

/** A frame's way from its capture to where it is of use. */
export interface Journey {
  readonly name: 'result' | 'picture';
  /** Median age at the end of the way. */
  readonly ms: number;
  readonly steps: readonly Step[];
}

type Stretch = readonly [to: Hop, name: string, meaning: string];

const RESULT: readonly Stretch[] = [
  ['taken', 'wait', 'from the capture until a worker takes the frame'],
  ['decoded', 'decode', 'until the worker has decoded it'],
  ['inferred', 'infer', 'until the inference is done'],
  ['published', 'publish', 'until its result is on the way back'],
];
const PICTURE: readonly Stretch[] = [
  ['sent', 'send', 'from the capture until the frame is sent to a viewer'],
  ['drawn', 'draw', 'until the viewer has received and drawn it'],
];

/** Where the time goes, by the medians of the last minute; a way that nobody went is left out. */
export function journeysOf(ages: CameraStatus['ages'] | undefined): Journey[] {
  const journeys = [journey('result', RESULT, ages), journey('picture', PICTURE, ages)];
  return journeys.filter(({ steps }) => steps.length > 0);
}

/** A hop that was not measured lends its time to the next. */
function journey(
  name: Journey['name'],
  stretches: readonly Stretch[],
  ages: CameraStatus['ages'] = {},
): Journey {
  const steps: Step[] = [];
  let ms = 0;
  for (const [hop, step, meaning] of stretches) {
    const age = ages[hop]?.p50;
    if (age === undefined) continue;
    // Medians of different frames may cross by a little.
    steps.push({ name: step, ms: Math.max(0, age - ms), meaning });
    ms = Math.max(ms, age);
  }
  return { name, ms, steps };
}
