import { Component, computed, input, model, signal } from '@angular/core';
import { MatSlideToggle } from '@angular/material/slide-toggle';
import { classColour } from '../picture/class-colour.ts';
import { Icon } from '../shell/icon.ts';
import type { CameraDraft } from './camera-draft.ts';
import { COCO_LABELS } from './coco-labels.ts';
import { Field } from './field.ts';

/** What of the detector's findings is reported. */
@Component({
  selector: 'lo-detection-fields',
  imports: [Field, Icon, MatSlideToggle],
  templateUrl: './detection-fields.html',
  styleUrl: './detection-fields.scss',
})
export class DetectionFields {
  readonly draft = model.required<CameraDraft>();
  readonly problems = input.required<Readonly<Record<string, string>>>();
  protected readonly colour = classColour;
  protected readonly unknown = signal<string | null>(null);
  protected readonly offered = computed(() =>
    COCO_LABELS.filter((label) => !this.draft().classes.includes(label)),
  );
  protected readonly classHint = computed(() =>
    this.draft().classes.length === 0
      ? 'None is chosen: everything that the model knows is reported.'
      : 'Only these are reported.',
  );

  protected set(changes: Partial<CameraDraft>): void {
    this.draft.update((draft) => ({ ...draft, ...changes }));
  }

  protected add(text: string): void {
    const label = text.trim().toLowerCase();
    if (label === '') return;
    this.unknown.set(
      COCO_LABELS.includes(label)
        ? null
        : `“${label}” is no class of COCO: only a model that knows it will report it.`,
    );
    const { classes } = this.draft();
    if (!classes.includes(label)) this.set({ classes: [...classes, label] });
  }

  /** Takes a label as soon as it is picked from the list, without another key. */
  protected picked(event: Event, box: HTMLInputElement): void {
    const replaced = !(event instanceof InputEvent) || event.inputType === 'insertReplacementText';
    if (replaced && COCO_LABELS.includes(box.value)) {
      this.add(box.value);
      box.value = '';
    }
  }

  protected remove(label: string): void {
    this.unknown.set(null);
    this.set({ classes: this.draft().classes.filter((known) => known !== label) });
  }
}
