import { Component, computed, inject, input, model, resource } from '@angular/core';
import { MatSlideToggle } from '@angular/material/slide-toggle';
import { Rest } from '../server/rest.ts';
import type { CameraDraft } from './camera-draft.ts';
import { LabelChips } from './label-chips.ts';
import { chosenModel, modelChoices, modelHint } from './models.ts';
import { EVENT_NUMBERS, NumberFields, SHARE } from './number-fields.ts';
import { Field } from '../fields/field.ts';
import { SelectField } from '../fields/select-field.ts';

/** What of the detector's findings is reported. */
@Component({
  selector: 'lo-detection-fields',
  imports: [Field, LabelChips, MatSlideToggle, NumberFields, SelectField],
  templateUrl: './detection-fields.html',
  styleUrl: './detection-fields.scss',
})
export class DetectionFields {
  readonly #rest = inject(Rest);
  readonly draft = model.required<CameraDraft>();
  readonly problems = input.required<Readonly<Record<string, string>>>();
  protected readonly share = SHARE;
  protected readonly eventNumbers = EVENT_NUMBERS;
  readonly #told = resource({ loader: () => this.#rest.get('/api/v1/models') });
  readonly #models = computed(() => (this.#told.hasValue() ? this.#told.value() : []));
  readonly #model = computed(() => chosenModel(this.#models(), this.draft().model));
  protected readonly choices = computed(() => modelChoices(this.#models(), this.draft().model));
  protected readonly modelHint = computed(() =>
    this.#told.error() === undefined
      ? modelHint(this.#model())
      : 'The list of models could not be got. What is chosen stays.',
  );
  protected readonly labels = computed(() => this.#model()?.labels ?? []);
  /** Classes that were chosen for another model, or mistyped. */
  protected readonly unknown = computed(() => {
    const labels = this.labels();
    const strange = this.draft().classes.filter((label) => !labels.includes(label));
    if (labels.length === 0 || strange.length === 0) return undefined;
    return `The model does not know ${strange.map((label) => `“${label}”`).join(', ')} and will not report it.`;
  });
  protected readonly classHint = computed(() =>
    this.draft().classes.length === 0
      ? 'None is chosen: everything that the model knows is reported.'
      : 'Only these are reported.',
  );

  protected readonly eventHint = computed(() =>
    this.draft().eventLabels.length === 0
      ? 'None is chosen: whatever is reported makes events.'
      : 'Only these make events.',
  );

  protected set(changes: Partial<CameraDraft>): void {
    this.draft.update((draft) => ({ ...draft, ...changes }));
  }
}
