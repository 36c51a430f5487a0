import { Component, computed, inject, input, model, resource } from '@angular/core';
import { MatSlideToggle } from '@angular/material/slide-toggle';
import { classColour } from '../picture/class-colour.ts';
import { Rest } from '../server/rest.ts';
import { Icon } from '../shell/icon.ts';
import type { CameraDraft } from './camera-draft.ts';
import { chosenModel, modelChoices, modelHint } from './models.ts';
import { NumberFields, SHARE } from './number-fields.ts';
import { Field } from '../fields/field.ts';
import { SelectField } from '../fields/select-field.ts';

/** What of the detector's findings is reported. */
@Component({
  selector: 'lo-detection-fields',
  imports: [Field, Icon, MatSlideToggle, NumberFields, SelectField],
  templateUrl: './detection-fields.html',
  styleUrl: './detection-fields.scss',
})
export class DetectionFields {
  readonly #rest = inject(Rest);
  readonly draft = model.required<CameraDraft>();
  readonly problems = input.required<Readonly<Record<string, string>>>();
  protected readonly colour = classColour;
  protected readonly share = SHARE;
  readonly #told = resource({ loader: () => this.#rest.get('/api/v1/models') });
  readonly #models = computed(() => (this.#told.hasValue() ? this.#told.value() : []));
  readonly #model = computed(() => chosenModel(this.#models(), this.draft().model));
  protected readonly choices = computed(() => modelChoices(this.#models(), this.draft().model));
  protected readonly modelHint = computed(() =>
    this.#told.error() === undefined
      ? modelHint(this.#model())
      : 'The list of models could not be got. What is chosen stays.',
  );
  readonly #labels = computed(() => this.#model()?.labels ?? []);
  /** Classes that were chosen for another model, or mistyped. */
  protected readonly unknown = computed(() => {
    const labels = this.#labels();
    const strange = this.draft().classes.filter((label) => !labels.includes(label));
    if (labels.length === 0 || strange.length === 0) return undefined;
    return `The model does not know ${strange.map((label) => `“${label}”`).join(', ')} and will not report it.`;
  });
  protected readonly offered = computed(() =>
    this.#labels().filter((label) => !this.draft().classes.includes(label)),
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
    const { classes } = this.draft();
    if (!classes.includes(label)) this.set({ classes: [...classes, label] });
  }

  /** Takes a label as soon as it is picked from the list, without another key. */
  protected picked(event: Event, box: HTMLInputElement): void {
    const replaced = !(event instanceof InputEvent) || event.inputType === 'insertReplacementText';
    if (replaced && this.#labels().includes(box.value)) {
      this.add(box.value);
      box.value = '';
    }
  }

  protected remove(label: string): void {
    this.set({ classes: this.draft().classes.filter((known) => known !== label) });
  }
}
