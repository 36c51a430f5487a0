import { Component, computed, input, model, signal } from '@angular/core';
import { MatSlideToggle } from '@angular/material/slide-toggle';
import catalog from '../../../../../models/catalog.json';
import { classColour } from '../picture/class-colour.ts';
import { Icon } from '../shell/icon.ts';
import type { CameraDraft } from './camera-draft.ts';
import { Field } from './field.ts';

const LABELS: readonly string[] = [...new Set(Object.values(catalog.labels).flat())].toSorted();

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
    LABELS.filter((label) => !this.draft().classes.includes(label)),
  );
  protected readonly classHint = computed(() =>
    this.draft().classes.length === 0
      ? 'None is chosen: everything that the model knows is reported.'
      : 'Only these are reported.',
  );

  protected set(changes: Partial<CameraDraft>): void {
    this.draft.update((draft) => ({ ...draft, ...changes }));
  }

  /** @returns what stays in the box */
  protected add(text: string): string {
    const label = text.trim().toLowerCase();
    this.unknown.set(null);
    if (label === '') return '';
    if (!LABELS.includes(label)) {
      this.unknown.set(`The models do not know “${label}”.`);
      return text;
    }
    const { classes } = this.draft();
    if (!classes.includes(label)) this.set({ classes: [...classes, label] });
    return '';
  }

  /** Takes a label as soon as it is picked from the list, without another key. */
  protected picked(event: Event, box: HTMLInputElement): void {
    const replaced = !(event instanceof InputEvent) || event.inputType === 'insertReplacementText';
    if (replaced && LABELS.includes(box.value)) box.value = this.add(box.value);
  }

  protected remove(label: string): void {
    this.set({ classes: this.draft().classes.filter((known) => known !== label) });
  }
}
