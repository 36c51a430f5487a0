import { Component, computed, effect, inject, input, linkedSignal, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatSlideToggle } from '@angular/material/slide-toggle';
import { Router, RouterLink } from '@angular/router';
import type { Camera } from '@lookout/contracts';
import { CamerasAwaited } from '../cameras/cameras-awaited.ts';
import { Cameras } from '../cameras/cameras.ts';
import { NO_PROBLEMS, sortProblems } from '../fields/field-problems.ts';
import { TextField } from '../fields/text-field.ts';
import { reasonOf, RequestFailure } from '../server/request-failure.ts';
import { Icon } from '../shell/icon.ts';
import { askBeforeLeaving } from '../shell/unsaved.ts';
import {
  type CameraDraft,
  draftOf,
  NEW_DRAFT,
  newCameraOf,
  patchOf,
  sourceOf,
} from './camera-draft.ts';
import { Conflict } from './conflict.ts';
import { DetectionFields } from './detection-fields.ts';
import { KeepPreview } from './keep-preview.ts';
import { Probe } from './probe.ts';
import { NumberFields, RATES_AND_SIZE } from './number-fields.ts';
import { SourceFields } from './source-fields.ts';

const SOURCE_FIELDS: Readonly<Record<CameraDraft['type'], readonly string[]>> = {
  rtsp: ['source.url', 'source.transport', 'source'],
  http: ['source.url', 'source'],
  hls: ['source.url', 'source'],
  usb: ['source.device', 'source'],
  file: ['source.path', 'source'],
  test: [],
};

const OTHER_FIELDS = [
  'name',
  'captureFps',
  'liveFps',
  'detectFps',
  'frame.width',
  'frame.quality',
  'detection.model',
  'detection.minConfidence',
  'detection.classes',
  'detection.weight',
  'detection.minFps',
  'detection.events.minHits',
  'detection.events.window',
  'detection.events.endAfterMs',
  'detection.events.labels',
];

/** Makes a camera, or changes one. */
@Component({
  selector: 'lo-camera-form-page',
  imports: [
    CamerasAwaited,
    Conflict,
    DetectionFields,
    Icon,
    KeepPreview,
    MatButton,
    MatSlideToggle,
    NumberFields,
    Probe,
    RouterLink,
    SourceFields,
    TextField,
  ],
  templateUrl: './camera-form-page.html',
  styleUrl: './camera-form-page.scss',
})
export class CameraFormPage {
  protected readonly ratesAndSize = RATES_AND_SIZE;
  readonly #cameras = inject(Cameras);
  readonly #router = inject(Router);

  /** From the address; absent for a camera to be made. */
  readonly id = input<string>();

  /** The camera as the server has it now; `null` when there is none. */
  readonly #told = computed(() => this.#cameras.list()?.find(({ id }) => id === this.id()) ?? null);
  /** The camera as it was when it was opened, or saved here. */
  protected readonly base = signal<Camera | null>(null);
  protected readonly draft = linkedSignal<Camera | null, CameraDraft>({
    source: () => this.base(),
    computation: (base) => (base === null ? NEW_DRAFT : draftOf(base)),
  });
  protected readonly source = computed(() => sourceOf(this.draft()));
  protected readonly patch = computed(() => {
    const base = this.base();
    return base === null ? {} : patchOf(base, this.draft());
  });
  protected readonly changed = computed(() =>
    this.base() === null ? this.draft() !== NEW_DRAFT : Object.keys(this.patch()).length > 0,
  );
  /** A newer version than the one that was opened, while there is something here to lose. */
  protected readonly newer = computed(() => {
    const [base, told] = [this.base(), this.#told()];
    return base !== null && told !== null && told.version > base.version ? told : null;
  });
  protected readonly loaded = computed(() => this.#cameras.list() !== null);
  protected readonly busy = signal(false);
  protected readonly saved = signal(false);
  protected readonly problems = signal(NO_PROBLEMS);
  protected readonly hasFieldProblems = computed(
    () => Object.keys(this.problems().fields).length > 0,
  );
  #done = false;

  constructor() {
    askBeforeLeaving(() =>
      !this.#done && this.changed() ? 'Leave without saving what you changed?' : null,
    );
    effect(() => {
      const told = this.#told();
      const base = this.base();
      if (told === null) return;
      const follows = base?.id !== told.id || (told.version > base.version && !this.changed());
      if (follows) this.base.set(told);
    });
  }

  protected set(changes: Partial<CameraDraft>): void {
    this.draft.update((draft) => ({ ...draft, ...changes }));
  }

  /** Sends what is in the form, made for the newest version that is known here. */
  protected async save(event?: Event): Promise<void> {
    event?.preventDefault();
    if (this.busy()) return;
    this.busy.set(true);
    this.saved.set(false);
    this.problems.set(NO_PROBLEMS);
    const base = this.base();
    try {
      if (base === null) await this.#add();
      else await this.#change(base, event === undefined ? (this.newer() ?? base) : base);
    } catch (error) {
      await this.#explain(error);
    } finally {
      this.busy.set(false);
    }
  }

  protected takeTheirs(): void {
    this.base.set(this.newer());
    this.problems.set(NO_PROBLEMS);
  }

  async #add(): Promise<void> {
    const made = await this.#cameras.add(newCameraOf(this.draft()));
    this.#done = true;
    await this.#router.navigate(['/cameras', made.id]);
  }

  async #change(base: Camera, { version }: Camera): Promise<void> {
    const changed = await this.#cameras.change(base.id, this.patch(), version);
    this.base.set(changed);
    this.saved.set(true);
  }

  async #explain(error: unknown): Promise<void> {
    if (error instanceof RequestFailure && error.status === 412) {
      // The list then has the newer version, and what to do about it is asked above the form.
      await this.#cameras.reload();
      if (this.newer() !== null) return;
    }
    const failed = error instanceof RequestFailure ? error.fields : [];
    const known = [...SOURCE_FIELDS[this.draft().type], ...OTHER_FIELDS];
    this.problems.set(sortProblems(failed, known, reasonOf(error)));
  }
}
