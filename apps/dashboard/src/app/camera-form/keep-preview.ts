import { Component, computed, effect, inject, input } from '@angular/core';
import type { Camera, Detection } from '@lookout/contracts';
import { CameraStage } from '../live/camera-stage.ts';
import { SeenLine } from '../live/seen-line.ts';
import { CameraWatches } from '../watch/camera-watches.ts';
import { KeepBars } from './keep-bars.ts';
import { keepTally } from './keep-tally.ts';

/** The camera's live picture with the boxes that the settings in the form would keep. */
@Component({
  selector: 'lo-keep-preview',
  imports: [CameraStage, KeepBars, SeenLine],
  template: `
    <lo-camera-stage [watch]="watch()" />
    <lo-seen-line [facts]="watch().facts()" />
    @if (detect()) {
      <lo-keep-bars [tally]="tally()" [stored]="stored()" [threshold]="threshold()" />
    } @else {
      <p>Nothing will be looked for.</p>
    }
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
  protected readonly tally = computed(() => {
    const watch = this.watch();
    watch.facts();
    const results = watch.results.list().map(({ result }) => result);
    return keepTally(results, this.#keep());
  });
  protected readonly stored = computed(() =>
    Math.round(this.camera().detection.minConfidence * 100),
  );
  /** What this preview cannot know: the detector sends only what the stored settings keep. */
  protected readonly unseen = computed(() => {
    const { classes } = this.camera().detection;
    const lower = this.threshold() < this.stored();
    const wider =
      classes.length > 0 &&
      (this.classes().length === 0 || this.classes().some((label) => !classes.includes(label)));
    if (!this.detect() || (!lower && !wider)) return null;
    const what = [
      ...(lower ? [`below ${String(this.stored())} %`] : []),
      ...(wider ? [`other than ${classes.join(', ')}`] : []),
    ].join(', or ');
    return `What is ${what} is not sent before you save, so it is not counted here. Saving interrupts nothing: save, look, and save again if it is too much.`;
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
