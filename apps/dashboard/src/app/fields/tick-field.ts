import { Component, input, model } from '@angular/core';
import type { Choice } from './select-field.ts';

/** Any number of several, named together. */
@Component({
  selector: 'lo-tick-field',
  template: `
    <fieldset>
      <legend>{{ label() }}</legend>
      @for (choice of choices(); track choice.value) {
        <label>
          <input
            #tick
            type="checkbox"
            [attr.aria-invalid]="problem() !== undefined"
            [checked]="value().includes(choice.value)"
            (change)="choose(choice.value, tick.checked)"
          />
          {{ choice.words }}
        </label>
      } @empty {
        <p>{{ none() }}</p>
      }
      @if (problem(); as problem) {
        <p class="problem" role="alert">{{ problem }}</p>
      }
    </fieldset>
  `,
  styles: `
    :host {
      display: block;
      min-width: 0;
    }
    fieldset {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(220px, 1fr));
      gap: 4px 16px;
      max-height: 180px;
      margin: 0;
      padding: 0;
      border: 0;
      overflow-y: auto;
    }
    legend {
      margin-bottom: 4px;
      padding: 0;
      font-size: 13px;
      font-weight: 500;
    }
    label {
      display: inline-flex;
      align-items: center;
      gap: 6px;
      min-width: 0;
      min-height: 28px;
      overflow-wrap: anywhere;
    }
    input {
      flex: none;
      width: 16px;
      height: 16px;
      accent-color: var(--lo-accent);
    }
    p {
      grid-column: 1 / -1;
      color: var(--lo-dim);
      font-size: 13px;
    }
    .problem {
      color: var(--lo-red);
    }
  `,
})
export class TickField<Value extends string> {
  readonly label = input.required<string>();
  readonly choices = input.required<readonly Choice<Value>[]>();
  /** What is ticked, in the order in which it was. */
  readonly value = model.required<readonly Value[]>();
  /** Said where there is nothing to choose from. */
  readonly none = input('');
  readonly problem = input<string>();

  protected choose(value: Value, on: boolean): void {
    const others = this.value().filter((known) => known !== value);
    this.value.set(on ? [...others, value] : others);
  }
}
