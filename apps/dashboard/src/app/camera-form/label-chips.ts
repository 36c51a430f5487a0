import { Component, computed, input, model } from '@angular/core';
import { classColour } from '../picture/class-colour.ts';
import { Icon } from '../shell/icon.ts';

/** Some labels, each to be left out again, and a place to add one. */
@Component({
  selector: 'lo-label-chips',
  imports: [Icon],
  template: `
    @for (label of chosen(); track label) {
      <span class="chip"
        ><i [style.background]="colour(label)"></i>{{ label
        }}<button type="button" [attr.aria-label]="'Leave out ' + label" (click)="remove(label)">
          <lo-icon name="close" /></button
      ></span>
    }
    <input
      #box
      autocomplete="off"
      autocapitalize="off"
      placeholder="Add a class"
      [id]="field()"
      [attr.list]="field() + '-offered'"
      [attr.aria-describedby]="field() + '-about'"
      (input)="picked($event, box)"
      (keydown.enter)="$event.preventDefault(); add(box.value); box.value = ''"
      (blur)="add(box.value); box.value = ''"
    />
    <datalist [id]="field() + '-offered'">
      @for (label of left(); track label) {
        <option [value]="label"></option>
      }
    </datalist>
  `,
  styleUrl: './label-chips.scss',
})
export class LabelChips {
  /** Id of the control. */
  readonly field = input.required<string>();
  readonly chosen = model.required<readonly string[]>();
  readonly offered = input.required<readonly string[]>();
  protected readonly colour = classColour;
  protected readonly left = computed(() =>
    this.offered().filter((label) => !this.chosen().includes(label)),
  );

  protected add(text: string): void {
    const label = text.trim().toLowerCase();
    if (label !== '' && !this.chosen().includes(label)) this.chosen.set([...this.chosen(), label]);
  }

  /** Takes a label as soon as it is picked from the list, without another key. */
  protected picked(event: Event, box: HTMLInputElement): void {
    const replaced = !(event instanceof InputEvent) || event.inputType === 'insertReplacementText';
    if (replaced && this.offered().includes(box.value)) {
      this.add(box.value);
      box.value = '';
    }
  }

  protected remove(label: string): void {
    this.chosen.set(this.chosen().filter((known) => known !== label));
  }
}
