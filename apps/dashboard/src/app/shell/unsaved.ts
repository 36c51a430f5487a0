import { DestroyRef, inject, Injectable } from '@angular/core';
import type { CanDeactivateFn } from '@angular/router';

/** What of the page is lost with it, as a question; `null` when nothing is. */
type Loss = () => string | null;

/** What would be lost if the page were left now, so that nobody leaves it unasked. */
@Injectable({ providedIn: 'root' })
export class Unsaved {
  readonly #losses = new Set<Loss>();

  constructor() {
    window.addEventListener('beforeunload', (event) => {
      if (this.#question() !== null) event.preventDefault();
    });
  }

  /** @returns stops asking */
  watch(loss: Loss): () => void {
    this.#losses.add(loss);
    return () => this.#losses.delete(loss);
  }

  /** Whether the page may be left; asks when something would be lost. */
  mayLeave(): boolean {
    const question = this.#question();
    return question === null || window.confirm(question);
  }

  #question(): string | null {
    for (const loss of this.#losses) {
      const question = loss();
      if (question !== null) return question;
    }
    return null;
  }
}

/** For a component: asks before it is left with something in it, for as long as it is there. */
export function askBeforeLeaving(loss: Loss): void {
  inject(DestroyRef).onDestroy(inject(Unsaved).watch(loss));
}

/** For a route whose page has something to lose. */
export const leaveAsked: CanDeactivateFn<unknown> = () => inject(Unsaved).mayLeave();
