import { Component, computed, effect, inject, input } from '@angular/core';
import type { Camera, Detection } from '@lookout/contracts';
import { CameraStage } from '../live/camera-stage.ts';
import { SeenLine } from '../live/seen-line.ts';
import { CameraWatches } from '../watch/camera-watches.ts';

/** The camera's live picture with the boxes that the settings in the form would keep. */
@Component({
  selector: 'lo-keep-preview',
  imports: [CameraStage, SeenLine],
  template: `
    <lo-camera-stage [watch]="watch()" />
    <lo-seen-line [facts]="watch().facts()" />
    <p aria-live="off">{{ words() }}</p>
    @if (unseen(); as unseen) {
      <p class="note">{{ unseen }}</p>
    }
  `,
  styles: `
    :host {
      display: block;
    }
    lo-camera-stage {
      aspect-ratio: 16 / 9;
      border-radius: 6px;
      overflow: hidden;
    }
    lo-seen-line {
      margin: 6px 0;
    }
    .note {
      margin-top: 4px;
      color: var(--lo-dim);
      font-size: 13px;
    }
  `,
})
export class KeepPreview {
  readonly #watches = inject(CameraWatches);
  /** As it is stored. */
  readonly camera = input.required<Camera>();
  readonly threshold = input.required<number>();
  readonly classes = input.required<readonly string[]>();
  readonly detect = input.required<boolean>();

  protected readonly watch = computed(() => this.#watches.of(this.camera()));
  readonly #keep = computed(() => keeping(this.detect(), this.threshold(), this.classes()));
  protected readonly words = computed(() => {
    if (!this.detect()) return 'Nothing will be looked for.';
    const detections = this.watch().newest()?.detections;
    if (detections === undefined) return 'No result has come yet.';
    const kept = detections.filter(this.#keep()).length;
    return `Would keep ${String(kept)} of the ${String(detections.length)} in the newest result.`;
  });
  /** What this preview cannot know: the detector sends only what the stored settings keep. */
  protected readonly unseen = computed(() => {
    const { minConfidence, classes } = this.camera().detection;
    const lower = this.threshold() < Math.round(minConfidence * 100);
    const wider =
      classes.length > 0 &&
      (this.classes().length === 0 || this.classes().some((label) => !classes.includes(label)));
    if (!lower && !wider) return null;
    const what = [
      ...(lower ? [`below ${String(Math.round(minConfidence * 100))} %`] : []),
      ...(wider ? [`other than ${classes.join(', ')}`] : []),
    ].join(', or ');
    return `What is ${what} is not sent until you save, so it cannot be shown here.`;
  });

  constructor() {
    effect((onCleanup) => {
      const watch = this.watch();
      watch.keep.set(this.#keep());
      onCleanup(() => {
        watch.keep.set(null);
      });
    });
  }
}

/** Whether the settings let a detection through. */
export function keeping(
  detect: boolean,
  threshold: number,
  classes: readonly string[],
): (detection: Detection) => boolean {
  const wanted = new Set(classes);
  return ({ confidence, label }) =>
    detect && confidence >= threshold / 100 && (wanted.size === 0 || wanted.has(label));
}
