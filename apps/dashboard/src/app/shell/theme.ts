import { DOCUMENT, effect, inject, Injectable, signal } from '@angular/core';
import { stored } from './stored.ts';

export type ThemeName = 'dark' | 'light';

/** Dark unless the person chose otherwise; control rooms are. */
@Injectable({ providedIn: 'root' })
export class Theme {
  readonly name = signal<ThemeName>(stored.read('theme') === 'light' ? 'light' : 'dark');

  constructor() {
    const root = inject(DOCUMENT).documentElement;
    effect(() => {
      root.dataset['theme'] = this.name();
    });
  }

  toggle(): void {
    this.name.update((name) => (name === 'dark' ? 'light' : 'dark'));
    stored.write('theme', this.name());
  }
}
