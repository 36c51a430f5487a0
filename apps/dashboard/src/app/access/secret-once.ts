import { Component, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { CopyButton } from '../camera-page/copy-button.ts';
import { askBeforeLeaving } from '../shell/unsaved.ts';

/** A secret that was just made, to be copied now: once it is put away nobody shows it again. */
@Component({
  selector: 'lo-secret-once',
  imports: [CopyButton, MatButton],
  template: `
    <h2>{{ name() }}</h2>
    <p><ng-content /></p>
    <p class="secret">
      <code [attr.data-testid]="kind()">{{ secret() }}</code>
      <lo-copy-button [what]="'the ' + kind()" [text]="secret()" />
    </p>
    <button matButton="outlined" type="button" (click)="putAway.emit()">I have it</button>
  `,
  styleUrl: './secret-once.scss',
  host: { role: 'alert' },
})
export class SecretOnce {
  /** What it is of. */
  readonly name = input.required<string>();
  readonly kind = input.required<'token' | 'secret'>();
  readonly secret = input.required<string>();
  readonly putAway = output();

  constructor() {
    askBeforeLeaving(() => `Leave? Nobody shows this ${this.kind()} again.`);
  }
}
