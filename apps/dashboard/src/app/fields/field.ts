import { Component, input } from '@angular/core';

/** A field's name above it, and below it what is wrong with it or what to know about it. */
@Component({
  selector: 'lo-field',
  template: `
    <label [attr.for]="for()">{{ label() }}</label>
    <ng-content />
    <div class="about" [id]="for() + '-about'">
      @if (problem(); as problem) {
        <p class="problem" role="alert">{{ problem }}</p>
      }
      @if (hint() !== '') {
        <p>{{ hint() }}</p>
      }
    </div>
  `,
  styles: `
    :host {
      display: block;
      min-width: 0;
    }
    label {
      display: block;
      margin-bottom: 4px;
      font-size: 13px;
      font-weight: 500;
    }
    .about {
      color: var(--lo-dim);
      font-size: 13px;
      line-height: 18px;
    }
    p {
      margin-top: 4px;
    }
    .problem {
      color: var(--lo-red);
    }
  `,
})
export class Field {
  readonly label = input.required<string>();
  /** Id of the control; what is said about it has this id and `-about`. */
  readonly for = input.required<string>();
  readonly hint = input('');
  readonly problem = input<string>();
}
