import { Component, input, model } from '@angular/core';
import { Field } from '../fields/field.ts';
import type { CameraDraft } from './camera-draft.ts';

/** A number of the draft, with its name in the camera and its bounds. */
interface NumberEntry {
  readonly field:
    | 'captureFps'
    | 'liveFps'
    | 'detectFps'
    | 'width'
    | 'quality'
    | 'weight'
    | 'minFps'
    | 'minHits'
    | 'window'
    | 'endAfterMs';
  readonly path: string;
  readonly label: string;
  readonly hint: string;
  readonly min: number;
  readonly max: number;
  readonly step: number | 'any';
}

const FPS = { min: 0.1, max: 60, step: 'any' } as const;

/** How many frames, and how large. */
export const RATES_AND_SIZE: readonly NumberEntry[] = [
  {
    field: 'captureFps',
    path: 'captureFps',
    label: 'Capture, fps',
    hint: 'At most; frames are never invented',
    ...FPS,
  },
  {
    field: 'liveFps',
    path: 'liveFps',
    label: 'Live view, fps',
    hint: 'For everybody who watches',
    ...FPS,
  },
  {
    field: 'detectFps',
    path: 'detectFps',
    label: 'Detection, fps',
    hint: 'What the workers are asked for',
    ...FPS,
  },
  {
    field: 'width',
    path: 'frame.width',
    label: 'Width, pixels',
    hint: 'Even; nothing is enlarged',
    min: 64,
    max: 3840,
    step: 2,
  },
  {
    field: 'quality',
    path: 'frame.quality',
    label: 'Quality, 1 to 100',
    hint: 'As JPEG has it',
    min: 1,
    max: 100,
    step: 1,
  },
];

/** What the camera gets of a detector that cannot keep up. */
export const SHARE: readonly NumberEntry[] = [
  {
    field: 'weight',
    path: 'detection.weight',
    label: 'Weight',
    hint: 'When the workers cannot keep up: 2 is looked at twice as often as 1',
    min: 0.1,
    max: 10,
    step: 'any',
  },
  {
    field: 'minFps',
    path: 'detection.minFps',
    label: 'At least, fps',
    hint: 'Looked at even when its share is less; 0 promises nothing',
    min: 0,
    max: 60,
    step: 'any',
  },
];

/** When what is seen becomes an event, and when the event is over. */
export const EVENT_NUMBERS: readonly NumberEntry[] = [
  {
    field: 'minHits',
    path: 'detection.events.minHits',
    label: 'Starts after, results',
    hint: 'In so many of the newest results',
    min: 1,
    max: 50,
    step: 1,
  },
  {
    field: 'window',
    path: 'detection.events.window',
    label: 'Of the newest, results',
    hint: 'How many of them are looked at',
    min: 1,
    max: 50,
    step: 1,
  },
  {
    field: 'endAfterMs',
    path: 'detection.events.endAfterMs',
    label: 'Ends after, ms',
    hint: 'In no result for so long while it is looked at',
    min: 500,
    max: 600_000,
    step: 100,
  },
];

/** Numbers of the draft, side by side. */
@Component({
  selector: 'lo-number-fields',
  imports: [Field],
  template: `
    @for (entry of fields(); track entry.field) {
      <lo-field
        [label]="entry.label"
        [for]="entry.field"
        [hint]="entry.hint"
        [problem]="problems()[entry.path]"
      >
        <input
          #box
          type="number"
          [id]="entry.field"
          [min]="entry.min"
          [max]="entry.max"
          [step]="entry.step"
          [attr.aria-describedby]="entry.field + '-about'"
          [attr.aria-invalid]="problems()[entry.path] !== undefined"
          [value]="draft()[entry.field]"
          (input)="set(entry.field, box.value)"
        />
      </lo-field>
    }
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(116px, 1fr));
      gap: 12px 16px;
    }
  `,
})
export class NumberFields {
  readonly fields = input.required<readonly NumberEntry[]>();
  readonly draft = model.required<CameraDraft>();
  readonly problems = input.required<Readonly<Record<string, string>>>();

  protected set(field: NumberEntry['field'], value: string): void {
    this.draft.update((draft) => ({ ...draft, [field]: value }));
  }
}
