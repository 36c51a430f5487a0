import { computed, inject, Injectable, signal } from '@angular/core';
import type { components } from '../server/generated/rest-api.ts';
import { reasonOf } from '../server/request-failure.ts';
import { Rest } from '../server/rest.ts';
import { CLOCK } from '../shell/clock.ts';
import { PageVisibility } from '../shell/page-visibility.ts';

export type DoctorReport = components['schemas']['DoctorReport'];
export type CameraDiagnosis = DoctorReport['cameras'][number];

/** What limits each camera, asked for again and again while anything on the page shows it. */
@Injectable({ providedIn: 'root' })
export class Doctor {
  readonly #rest = inject(Rest);
  readonly #clock = inject(CLOCK);
  readonly #visibility = inject(PageVisibility);
  readonly #wishes = new Set<{ readonly everyMs: number }>();
  #asking = false;
  #due = Infinity;
  #cancel: () => void = () => undefined;

  /** The newest one; `null` before the first. */
  readonly report = signal<DoctorReport | null>(null);
  /** Why the newest question went unanswered; `null` when it did not. */
  readonly problem = signal<string | null>(null);
  readonly #byCamera = computed(
    () => new Map(this.report()?.cameras.map((camera) => [camera.cameraId, camera])),
  );

  /** By the newest answer; `null` when there is none, or none to trust. */
  of(cameraId: string): CameraDiagnosis | null {
    return this.problem() === null ? (this.#byCamera().get(cameraId) ?? null) : null;
  }

  /** @returns ends the asking, unless somebody else still wishes it */
  ask(everyMs: number): () => void {
    const wish = { everyMs };
    this.#wishes.add(wish);
    this.#plan(this.report() === null ? 0 : everyMs);
    return () => {
      this.#wishes.delete(wish);
      if (this.#wishes.size > 0) return;
      this.#cancel();
      this.#due = Infinity;
    };
  }

  #plan(inMs: number): void {
    const due = this.#clock.monotonic() + inMs;
    if (this.#asking || due >= this.#due) return;
    this.#cancel();
    this.#due = due;
    this.#cancel = this.#clock.after(inMs, () => void this.#look());
  }

  async #look(): Promise<void> {
    this.#asking = true;
    this.#due = Infinity;
    // Nobody sees a hidden page, and each look costs the server a little.
    if (this.#visibility.visible()) {
      try {
        this.report.set(await this.#rest.get('/api/v1/system/doctor'));
        this.problem.set(null);
      } catch (error) {
        this.problem.set(reasonOf(error));
      }
    }
    this.#asking = false;
    const periods = Array.from(this.#wishes, ({ everyMs }) => everyMs);
    if (periods.length > 0) this.#plan(Math.min(...periods));
  }
}
