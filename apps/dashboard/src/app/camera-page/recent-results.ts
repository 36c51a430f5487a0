import { Component, computed, input, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { formatCount, formatMoment, formatMs } from '../figures/age.ts';
import { tally } from '../figures/seen.ts';
import { classColour } from '../picture/class-colour.ts';
import { Icon } from '../shell/icon.ts';
import type { ArrivedResult, CameraWatch } from '../watch/camera-watch.ts';
import { CopyButton } from './copy-button.ts';

const SHOWN = 40;

/** What the detector said lately, newest first; can be held still to be read. */
@Component({
  selector: 'lo-recent-results',
  imports: [CopyButton, Icon, MatButton],
  templateUrl: './recent-results.html',
  styleUrl: './recent-results.scss',
})
export class RecentResults {
  readonly watch = input.required<CameraWatch>();
  protected readonly held = signal<readonly ArrivedResult[] | null>(null);
  protected readonly results = computed(() => {
    // The facts' pace: results themselves come faster than anybody reads.
    this.watch().facts();
    return this.held() ?? this.watch().results.list().slice(0, SHOWN);
  });
  protected readonly rows = computed(() =>
    this.results().map(({ result, ageMs }) => ({
      key: `${String(result.epoch)}/${String(result.sequence)}`,
      at: formatMoment(result.capturedAt, result.capturedAt),
      sequence: result.sequence,
      seen: tally(result.detections),
      inference: formatMs(result.inferenceMs),
      age: formatMs(ageMs),
      text: () => JSON.stringify(result, null, 2),
    })),
  );
  protected readonly newer = computed(() => {
    this.watch().facts();
    const newestHeld = this.held()?.[0];
    if (newestHeld === undefined) return null;
    const all = this.watch().results.list();
    const index = all.indexOf(newestHeld);
    return index === -1 ? `${formatCount(all.length)} or more` : formatCount(index);
  });
  protected readonly all = computed(() =>
    JSON.stringify(
      this.results().map(({ result }) => result),
      null,
      2,
    ),
  );
  protected readonly colour = classColour;

  protected toggle(): void {
    this.held.update((held) =>
      held === null ? this.watch().results.list().slice(0, SHOWN) : null,
    );
  }
}
