import { computed, inject, Injectable } from '@angular/core';
import type { components } from '../server/generated/rest-api.ts';
import { Poll } from '../server/poll.ts';
import { Rest } from '../server/rest.ts';

export type DoctorReport = components['schemas']['DoctorReport'];
export type CameraDiagnosis = DoctorReport['cameras'][number];

/** What limits each camera, asked for again and again while anything on the page shows it. */
@Injectable({ providedIn: 'root' })
export class Doctor {
  readonly #rest = inject(Rest);
  readonly poll = new Poll<DoctorReport>(() => this.#rest.get('/api/v1/system/doctor'));
  readonly #byCamera = computed(
    () => new Map(this.poll.answer()?.cameras.map((camera) => [camera.cameraId, camera])),
  );

  /** By the newest answer; `null` when there is none, or none to trust. */
  of(cameraId: string): CameraDiagnosis | null {
    return this.poll.failure() === null ? (this.#byCamera().get(cameraId) ?? null) : null;
  }
}
