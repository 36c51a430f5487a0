import { Component, computed, inject, resource, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { CreatedToken, Role, Token } from '@lookout/contracts';
import { Cameras } from '../cameras/cameras.ts';
import { type FieldProblems, NO_PROBLEMS, sortProblems } from '../fields/field-problems.ts';
import { type Choice, SelectField } from '../fields/select-field.ts';
import { TextField } from '../fields/text-field.ts';
import { TickField } from '../fields/tick-field.ts';
import { formatMoment } from '../figures/age.ts';
import { reasonOf, RequestFailure } from '../server/request-failure.ts';
import { Rest } from '../server/rest.ts';
import { ServerClock } from '../server/server-clock.ts';
import { Icon } from '../shell/icon.ts';
import { SecretOnce } from './secret-once.ts';

const ROLES: readonly Choice<Role>[] = [
  { value: 'viewer', words: 'viewer: looks' },
  { value: 'operator', words: 'operator: looks, and adds, changes and deletes cameras' },
  { value: 'admin', words: 'admin: everything, also tokens and the audit log' },
];

/** Who may come in, and as what. */
@Component({
  selector: 'lo-tokens-page',
  imports: [Icon, MatButton, SecretOnce, SelectField, TextField, TickField],
  templateUrl: './tokens-page.html',
  styleUrls: ['./access.scss', './tokens-page.scss'],
})
export class TokensPage {
  readonly #rest = inject(Rest);
  readonly #clock = inject(ServerClock);
  protected readonly roles = ROLES;
  protected readonly cameras = computed(() =>
    inCameraOrder(this.#cameras.list() ?? []).map(({ id, name }) => ({ value: id, words: name })),
  );
  readonly #cameras = inject(Cameras);

  protected readonly tokens = resource({ loader: () => this.#rest.get('/api/v1/tokens') });
  protected readonly rows = computed(() =>
    this.tokens.hasValue() ? this.tokens.value().map((token) => this.#row(token)) : [],
  );
  protected readonly loadProblem = computed(() => {
    const error = this.tokens.error();
    return error === undefined ? null : reasonOf(error);
  });

  protected readonly name = signal('');
  protected readonly role = signal<Role>('viewer');
  /** Ids of the only cameras to be seen; none chosen means all. */
  protected readonly chosen = signal<readonly string[]>([]);
  protected readonly busy = signal(false);
  protected readonly problems = signal<FieldProblems>(NO_PROBLEMS);
  /** With its secret, until it is put away. */
  protected readonly made = signal<CreatedToken | null>(null);
  /** Id of the token whose revocation waits for a second word. */
  protected readonly asked = signal<string | null>(null);
  protected readonly revokeProblem = signal<string | null>(null);

  protected async make(event: Event): Promise<void> {
    event.preventDefault();
    if (this.busy()) return;
    this.busy.set(true);
    this.problems.set(NO_PROBLEMS);
    const limited = this.role() !== 'admin' && this.chosen().length > 0;
    try {
      this.made.set(
        await this.#rest.post('/api/v1/tokens', {
          body: {
            name: this.name(),
            role: this.role(),
            cameraIds: limited ? [...this.chosen()] : null,
          },
        }),
      );
      this.name.set('');
      this.chosen.set([]);
      this.tokens.reload();
    } catch (error) {
      const failed = error instanceof RequestFailure ? error.fields : [];
      this.problems.set(sortProblems(failed, ['name', 'role', 'cameraIds'], reasonOf(error)));
    } finally {
      this.busy.set(false);
    }
  }

  protected async revoke(id: string): Promise<void> {
    this.revokeProblem.set(null);
    try {
      await this.#rest.delete('/api/v1/tokens/{id}', { path: { id } });
      if (this.made()?.id === id) this.made.set(null);
    } catch (error) {
      this.revokeProblem.set(reasonOf(error));
    }
    this.asked.set(null);
    this.tokens.reload();
  }

  #row(token: Token) {
    const now = this.#clock.now();
    const names = new Map(this.cameras().map(({ value, words }) => [value, words]));
    const moment = (iso: string) => formatMoment(Date.parse(iso), now);
    return {
      token,
      sees: seen(token.cameraIds, names),
      createdAt: moment(token.createdAt),
      lastUsedAt: token.lastUsedAt === null ? 'never' : moment(token.lastUsedAt),
    };
  }
}

function inCameraOrder<Named extends { name: string }>(cameras: readonly Named[]): Named[] {
  return cameras.toSorted((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
}

/** Which cameras a token shows, in words. */
function seen(ids: readonly string[] | null, names: ReadonlyMap<string, string>): string {
  if (ids === null) return 'all cameras';
  if (ids.length === 0) return 'none: its cameras were deleted';
  return ids.map((id) => names.get(id) ?? id).join(', ');
}
