import { DestroyRef, DOCUMENT, inject, Injectable, signal } from '@angular/core';

/** Whether anybody can see the page at all. */
@Injectable({ providedIn: 'root' })
export class PageVisibility {
  readonly visible = signal(true);

  constructor() {
    const document = inject(DOCUMENT);
    const look = (): void => {
      this.visible.set(document.visibilityState !== 'hidden');
    };
    look();
    document.addEventListener('visibilitychange', look);
    inject(DestroyRef).onDestroy(() => {
      document.removeEventListener('visibilitychange', look);
    });
  }
}
