import { Component, input, model } from '@angular/core';
import type { CameraDraft } from './camera-draft.ts';
import { Field } from './field.ts';

type NumberField = 'captureFps' | 'liveFps' | 'detectFps' | 'width' | 'quality';

const FIELDS: readonly {
  field: NumberField;
  path: string;
  label: string;
  hint: string;
  min: number;
  max: number;
  step: number | 'any';
}[] = [
  {
    field: 'captureFps',
    path: 'captureFps',
    label: 'Capture, fps',
    hint: 'At most; frames are never invented',
    min: 0.1,
    max: 60,
    step: 'any',
  },
  {
    field: 'liveFps',
    path: 'liveFps',
    label: 'Live view, fps',
    hint: 'For everybody who watches',
    min: 0.1,
    max: 60,
    step: 'any',
  },
  {
    field: 'detectFps',
    path: 'detectFps',
    label: 'Detection, fps',
    hint: 'What the workers are asked for',
    min: 0.1,
    max: 60,
    step: 'any',
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

/** How many frames, and how large. */
@Component({
  selector: 'lo-rate-fields',
  imports: [Field],
  template: `
    @for (entry of fields; track entry.field) {
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
      grid-template-columns: repeat(auto-fill, minmax(116px, 1fr));
      gap: 12px 16px;
    }
  `,
})
export class RateFields {
  readonly draft = model.required<CameraDraft>();
  readonly problems = input.required<Readonly<Record<string, string>>>();
  protected readonly fields = FIELDS;

  protected set(field: NumberField, value: string): void {
    this.draft.update((draft) => ({ ...draft, [field]: value }));
  }
}
