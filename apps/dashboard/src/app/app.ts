import { Component, inject } from '@angular/core';
import { Session } from './session/session.ts';

@Component({ selector: 'lo-root', template: '<p>Lookout</p>' })
export class App {
  readonly session = inject(Session);

  constructor() {
    void this.session.begin();
  }
}
