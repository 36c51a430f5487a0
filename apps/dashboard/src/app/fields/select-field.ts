import { Component, input, model } from '@angular/core';
import { Field } from './field.ts';

/** Something to choose, and the words for it. */
export interface Choice<Value extends string = string> {
  readonly value: Value;
  readonly words: string;
}

/** One of several, named and explained. */
@Component({
  selector: 'lo-select-field',
  imports: [Field],
  template: `
    <lo-field [label]="label()" [for]="field()" [hint]="hint()" [problem]="problem()">
      <select
        #box
        [id]="field()"
        [attr.aria-describedby]="field() + '-about'"
        [attr.aria-invalid]="problem() !== undefined"
        (change)="choose(box.selectedIndex)"
      >
        @for (choice of choices(); track choice.value) {
          <option [value]="choice.value" [selected]="choice.value === value()">
            {{ choice.words }}
          </option>
        }
      </select>
    </lo-field>
  `,
})
export class SelectField<Value extends string> {
  readonly label = input.required<string>();
  /** Id of the control. */
  readonly field = input.required<string>();
  readonly choices = input.required<readonly Choice<Value>[]>();
  readonly value = model.required<Value>();
  readonly hint = input('');
  readonly problem = input<string>();

  protected choose(index: number): void {
    const choice = this.choices()[index];
    if (choice !== undefined) this.value.set(choice.value);
  }
}
