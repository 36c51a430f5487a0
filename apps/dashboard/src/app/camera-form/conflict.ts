import { Component, computed, inject, input, output, resource } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { Camera } from '@lookout/contracts';
import { formatMoment } from '../figures/age.ts';
import type { CameraPatch } from '../server/rest-types.ts';
import { Rest } from '../server/rest.ts';
import { ServerClock } from '../server/server-clock.ts';
import { Session } from '../session/session.ts';
import { changesBetween, collides } from './changes.ts';

/** Says that somebody else changed the camera first, what they changed, and what can be done. */
@Component({
  selector: 'lo-conflict',
  imports: [MatButton],
  template: `
    <section role="alert">
      <h2>{{ who() }} changed this camera at {{ when() }}, after you opened it.</h2>
      <ul>
        @for (change of changes(); track change.name) {
          <li>
            {{ change.name }}: <del>{{ change.from }}</del> → <ins>{{ change.to }}</ins>
          </li>
        } @empty {
          <li>Nothing that stands in this form differs.</li>
        }
      </ul>
      <p>
        {{
          collision()
            ? 'You changed some of the same settings: saving yours replaces theirs.'
            : 'You changed other settings: saving yours keeps theirs.'
        }}
      </p>
      <div class="actions">
        <button matButton="filled" type="button" (click)="save.emit()">
          {{ collision() ? 'Overwrite with mine' : 'Save mine too' }}
        </button>
        <button matButton="outlined" type="button" (click)="takeTheirs.emit()">
          Drop mine, load theirs
        </button>
      </div>
    </section>
  `,
  styles: `
    section {
      padding: 12px 16px;
      border: 1px solid var(--lo-amber);
      border-radius: 8px;
      background: var(--lo-amber-surface);
    }
    ul {
      margin: 8px 0;
      padding-left: 20px;
    }
    li {
      overflow-wrap: anywhere;
    }
    del {
      color: var(--lo-dim);
    }
    ins {
      font-weight: 600;
      text-decoration: none;
    }
    .actions {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
      margin-top: 12px;
    }
  `,
})
export class Conflict {
  readonly #rest = inject(Rest);
  readonly #session = inject(Session);
  readonly #clock = inject(ServerClock);

  /** The version that was opened, and the one there is now. */
  readonly before = input.required<Camera>();
  readonly now = input.required<Camera>();
  readonly patch = input.required<CameraPatch>();
  readonly save = output();
  readonly takeTheirs = output();

  protected readonly changes = computed(() => changesBetween(this.before(), this.now()));
  protected readonly collision = computed(() => collides(this.patch(), this.before(), this.now()));
  protected readonly when = computed(() =>
    formatMoment(Date.parse(this.now().updatedAt), this.#clock.now()),
  );
  readonly #name = resource({
    params: () => this.now(),
    loader: ({ params }) => this.#nameOf(params.id),
  });
  protected readonly who = computed(() =>
    this.#name.hasValue() ? this.#name.value() : 'Somebody',
  );

  /** Only admins may read the log that knows. */
  async #nameOf(id: string): Promise<string | undefined> {
    if (!this.#session.may('admin')) return undefined;
    const { items } = await this.#rest.get('/api/v1/audit', { query: { limit: 100 } });
    return items.find(({ action, subject }) => action === 'camera.changed' && subject === id)?.actor
      ?.name;
  }
}
