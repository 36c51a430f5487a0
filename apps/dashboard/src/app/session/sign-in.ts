import { Component, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatFormField, MatLabel } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { Session } from './session.ts';

/** The page of whoever is not signed in: one field. */
@Component({
  selector: 'lo-sign-in',
  imports: [MatButton, MatFormField, MatInput, MatLabel],
  template: `
    <main>
      <h1>Lookout</h1>
      <form (submit)="signIn($event, field.value)">
        <mat-form-field appearance="outline" subscriptSizing="dynamic">
          <mat-label>Token</mat-label>
          <input
            #field
            matInput
            type="password"
            name="token"
            autocomplete="current-password"
            autocapitalize="off"
            spellcheck="false"
            [attr.aria-invalid]="session.problem() !== null"
            [attr.aria-describedby]="session.problem() === null ? 'where' : 'problem'"
          />
        </mat-form-field>
        @if (session.problem(); as problem) {
          <p id="problem" class="problem" role="alert">{{ problem }}</p>
        }
        <button matButton="filled" type="submit" [disabled]="busy()">
          {{ busy() ? 'Signing in…' : 'Sign in' }}
        </button>
        <p id="where" class="where">
          The token was shown once, at the end of the link that <code>npm start</code> printed. Lost
          it? <code>npm start -- --new-admin-token</code> makes a new one.
        </p>
      </form>
    </main>
  `,
  styleUrl: './sign-in.scss',
})
export class SignIn {
  protected readonly session = inject(Session);
  protected readonly busy = signal(false);

  protected async signIn(event: Event, token: string): Promise<void> {
    event.preventDefault();
    const trimmed = token.trim();
    if (trimmed === '' || this.busy()) return;
    this.busy.set(true);
    await this.session.signIn(trimmed);
    this.busy.set(false);
  }
}
