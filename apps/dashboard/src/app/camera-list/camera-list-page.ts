import { Component, computed, inject, signal } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { MatSlideToggle } from '@angular/material/slide-toggle';
import { RouterLink } from '@angular/router';
import type { Camera } from '@lookout/contracts';
import { CamerasAwaited } from '../cameras/cameras-awaited.ts';
import { Cameras } from '../cameras/cameras.ts';
import { Deletions } from '../cameras/deletions.ts';
import { formatRate } from '../figures/age.ts';
import { reasonOf, RequestFailure } from '../server/request-failure.ts';
import { Session } from '../session/session.ts';
import { Icon } from '../shell/icon.ts';
import { CameraWatches } from '../watch/camera-watches.ts';
import {
  cameraRow,
  filterRows,
  inState,
  type Order,
  type SortKey,
  sortRows,
  type StateFilter,
} from './camera-rows.ts';

const COLUMNS: readonly { key: SortKey; name: string; number?: true; says: string }[] = [
  { key: 'name', name: 'Name', says: 'name' },
  { key: 'state', name: 'State', says: 'state, what needs a person first' },
  { key: 'source', name: 'Source', says: 'source' },
  { key: 'capture', name: 'Capture', number: true, says: 'frames a second from the camera' },
  { key: 'detected', name: 'Detected', number: true, says: 'frames a second with a result' },
];

const FILTERS: readonly { filter: StateFilter; name: string }[] = [
  { filter: 'all', name: 'All' },
  { filter: 'trouble', name: 'Need a look' },
  { filter: 'live', name: 'Live' },
  { filter: 'off', name: 'Off' },
];

/** All cameras as a list, to be found, switched and put in order. */
@Component({
  selector: 'lo-camera-list-page',
  imports: [CamerasAwaited, Icon, MatButton, MatIconButton, MatSlideToggle, RouterLink],
  templateUrl: './camera-list-page.html',
  styleUrl: './camera-list-page.scss',
})
export class CameraListPage {
  readonly #watches = inject(CameraWatches);
  protected readonly cameras = inject(Cameras);
  protected readonly deletions = inject(Deletions);
  protected readonly session = inject(Session);
  protected readonly columns = COLUMNS;
  protected readonly rate = formatRate;

  protected readonly text = signal('');
  protected readonly filter = signal<StateFilter>('all');
  protected readonly order = signal<Order>({ key: 'name', descending: false });
  /** Cameras whose change is on its way. */
  protected readonly busy = signal<ReadonlySet<string>>(new Set());
  protected readonly problem = signal<string | null>(null);

  readonly #all = computed(() =>
    this.cameras.list()?.map((camera) => cameraRow(camera, this.#watches.of(camera).news())),
  );
  protected readonly count = computed(() => this.#all()?.length ?? null);
  protected readonly rows = computed(() =>
    sortRows(filterRows(this.#all() ?? [], this.text(), this.filter()), this.order()),
  );
  protected readonly filters = computed(() =>
    FILTERS.map(({ filter, name }) => ({
      filter,
      name,
      count: (this.#all() ?? []).filter((row) => inState(row, filter)).length,
    })),
  );

  protected sort(key: SortKey): void {
    this.order.update((order) =>
      order.key === key
        ? { key, descending: !order.descending }
        : // Of rates the highest are looked for, of everything else the first.
          { key, descending: key === 'capture' || key === 'detected' },
    );
  }

  protected sorting(key: SortKey): 'ascending' | 'descending' | null {
    const order = this.order();
    if (order.key !== key) return null;
    return order.descending ? 'descending' : 'ascending';
  }

  protected showAll(): void {
    this.text.set('');
    this.filter.set('all');
  }

  protected async switch(camera: Camera, enabled: boolean): Promise<void> {
    this.#setBusy(camera.id, true);
    this.problem.set(null);
    try {
      await this.cameras.change(camera.id, { enabled }, camera.version);
    } catch (error) {
      const raced = error instanceof RequestFailure && error.status === 412;
      this.problem.set(
        `${camera.name} stays as it was: ` +
          (raced ? 'somebody else changed it just now. Look, and try again.' : reasonOf(error)),
      );
      await this.cameras.reload();
    } finally {
      this.#setBusy(camera.id, false);
    }
  }

  #setBusy(id: string, busy: boolean): void {
    this.busy.update((known) => {
      const next = new Set(known);
      if (busy) next.add(id);
      else next.delete(id);
      return next;
    });
  }
}
