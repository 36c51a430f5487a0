import { Component, computed, DestroyRef, inject } from '@angular/core';
import { Cameras } from '../cameras/cameras.ts';
import { Doctor } from './doctor.ts';
import { bytes, byUrgency, percent } from './doctor-words.ts';
import { FindingRow } from './finding-row.ts';
import { PanelHead } from './panel-head.ts';

const EVERY_MS = 4000;

/** Which part limits each camera now, with the numbers that say so and what to do. */
@Component({
  selector: 'lo-doctor-panel',
  imports: [FindingRow, PanelHead],
  templateUrl: './doctor-panel.html',
  styleUrl: './doctor-panel.scss',
})
export class DoctorPanel {
  readonly #doctor = inject(Doctor);
  readonly #cameras = inject(Cameras);
  protected readonly poll = this.#doctor.poll;
  protected readonly report = this.poll.answer;

  protected readonly machine = computed(() => {
    const host = this.report()?.host ?? null;
    if (host === null) return null;
    return [
      {
        name: 'processor',
        figure: `${percent(host.processorBusy)} of ${String(host.cores)} cores`,
      },
      { name: 'api', figure: `${percent(host.apiBusy)} busy` },
      {
        name: 'memory free',
        figure: `${bytes(host.memoryAvailableBytes)} of ${bytes(host.memoryBytes)}`,
      },
      { name: 'disk free', figure: `${bytes(host.diskFreeBytes)} of ${bytes(host.diskBytes)}` },
    ];
  });
  protected readonly findings = computed(() => byUrgency(this.report()?.findings ?? []));
  readonly #named = computed(() =>
    (this.report()?.cameras ?? []).map((camera) => ({
      ...camera,
      name: this.#name(camera.cameraId),
    })),
  );
  /** What is said of the whole need not be said of each camera again. */
  readonly #headlines = computed(() => new Set(this.findings().map(({ headline }) => headline)));
  protected readonly limited = computed(() =>
    byUrgency(
      this.#named().filter(
        ({ limit, headline }) =>
          limit !== 'none' && limit !== 'off' && !this.#headlines().has(headline),
      ),
    ),
  );
  protected readonly well = computed(() => this.#namesOf('none'));
  protected readonly off = computed(() => this.#namesOf('off'));

  constructor() {
    inject(DestroyRef).onDestroy(this.poll.ask(EVERY_MS));
  }

  protected concerned({ headline }: { readonly headline: string }): string {
    return this.#named()
      .filter((camera) => camera.headline === headline)
      .map(({ name }) => name)
      .join(', ');
  }

  #namesOf(limit: 'none' | 'off'): string[] {
    return this.#named()
      .filter((camera) => camera.limit === limit)
      .map(({ name }) => name);
  }

  #name(cameraId: string): string {
    return this.#cameras.list()?.find(({ id }) => id === cameraId)?.name ?? cameraId;
  }
}
