import { DOCUMENT, inject, Injectable } from '@angular/core';

/** What can be drawn when the browser is about to paint. */
export interface Drawable {
  draw(): void;
}

/** Draws everything that changed in one animation frame, and asks for none while nothing did. */
@Injectable({ providedIn: 'root' })
export class DrawLoop {
  readonly #window = inject(DOCUMENT).defaultView;
  #dirty = new Set<Drawable>();
  #requested = false;

  request(drawable: Drawable): void {
    this.#dirty.add(drawable);
    if (this.#requested) return;
    this.#requested = true;
    this.#window?.requestAnimationFrame(() => {
      this.#drawAll();
    });
  }

  cancel(drawable: Drawable): void {
    this.#dirty.delete(drawable);
  }

  #drawAll(): void {
    const dirty = this.#dirty;
    this.#dirty = new Set();
    this.#requested = false;
    for (const drawable of dirty) drawable.draw();
  }
}
