import { Component, input, model } from '@angular/core';
import { Field } from './field.ts';

/** A line of text, named and explained. */
@Component({
  selector: 'lo-text-field',
  imports: [Field],
  template: `
    <lo-field [label]="label()" [for]="field()" [hint]="hint()" [problem]="problem()">
      <input
        #box
        autocomplete="off"
        autocapitalize="off"
        spellcheck="false"
        [id]="field()"
        [attr.inputmode]="kind()"
        [attr.maxlength]="most()"
        [attr.aria-describedby]="field() + '-about'"
        [attr.aria-invalid]="problem() !== undefined"
        [placeholder]="example()"
        [value]="value()"
        (input)="value.set(box.value)"
      />
    </lo-field>
  `,
})
export class TextField {
  readonly label = input.required<string>();
  /** Id of the control. */
  readonly field = input.required<string>();
  readonly value = model.required<string>();
  readonly hint = input('');
  readonly problem = input<string>();
  readonly example = input('');
  /** Which keyboard a phone shows. */
  readonly kind = input<'text' | 'url'>('text');
  /** The most characters that it takes. */
  readonly most = input<number>();
}
