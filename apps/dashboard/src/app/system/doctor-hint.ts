import { Component, computed, DestroyRef, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Doctor } from './doctor.ts';
import { partWord } from './doctor-words.ts';

const EVERY_MS = 20_000;

/** A quiet link to the doctor on a camera that runs and that some part holds back; else nothing. */
@Component({
  selector: 'lo-doctor-hint',
  imports: [RouterLink],
  template: `
    @if (hint(); as hint) {
      <a routerLink="/system" [title]="hint.headline">limit: {{ hint.part }}</a>
    }
  `,
  styles: `
    a {
      color: var(--lo-amber);
      font-size: 12px;
      white-space: nowrap;
    }
  `,
})
export class DoctorHint {
  readonly #doctor = inject(Doctor);
  readonly cameraId = input.required<string>();
  protected readonly hint = computed(() => {
    const found = this.#doctor.of(this.cameraId());
    if (found?.severity !== 'warning' && found?.severity !== 'critical') return null;
    return { part: partWord(found.limit), headline: found.headline };
  });

  constructor() {
    inject(DestroyRef).onDestroy(this.#doctor.poll.ask(EVERY_MS));
  }
}
