import { CdkDragHandle } from '@angular/cdk/drag-drop';
import { Component, computed, ElementRef, inject, input, output, signal } from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { MatMenu, MatMenuContent, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { RouterLink } from '@angular/router';
import { formatRate } from '../figures/age.ts';
import { Session } from '../session/session.ts';
import { Icon } from '../shell/icon.ts';
import { DoctorHint } from '../system/doctor-hint.ts';
import type { CameraWatch } from '../watch/camera-watch.ts';
import { CameraStage } from './camera-stage.ts';
import { stateView } from './camera-state.ts';
import { FiguresLine } from './figures-line.ts';
import { ModeSwitch } from './mode-switch.ts';
import { SeenLine } from './seen-line.ts';

/** One camera on the live page. */
@Component({
  selector: 'lo-tile',
  imports: [
    CdkDragHandle,
    CameraStage,
    DoctorHint,
    FiguresLine,
    Icon,
    MatIconButton,
    MatMenu,
    MatMenuContent,
    MatMenuItem,
    MatMenuTrigger,
    ModeSwitch,
    RouterLink,
    SeenLine,
  ],
  templateUrl: './tile.html',
  styleUrl: './tile.scss',
  host: {
    role: 'group',
    '[attr.aria-label]': 'label()',
    '[attr.data-testid]': '"tile-" + watch().camera().id',
    '[attr.data-camera]': 'watch().camera().id',
    '[class.unfolded]': 'unfolded()',
  },
})
export class Tile {
  readonly #element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  readonly watch = input.required<CameraWatch>();
  /** Whether it is the only one, on a page of its own. */
  readonly alone = input(false);
  readonly showCurves = output();
  readonly remove = output();

  protected readonly session = inject(Session);

  protected readonly unfolded = signal(false);
  protected readonly camera = computed(() => this.watch().camera());
  protected readonly state = computed(() => stateView(this.watch().news()));
  protected readonly rate = computed(() => formatRate(this.watch().facts().rate));
  protected readonly label = computed(
    () =>
      `${this.camera().name}, ${this.state().word}, detection ${this.watch().facts().freshness.word}`,
  );

  focus(): void {
    this.#element.focus();
  }

  /** Does what a key is for. @returns whether it is for anything */
  act(key: string): boolean {
    switch (key) {
      case 'e':
        this.toggleMode();
        return true;
      case 'b':
        this.toggleBoxes();
        return true;
      case 'f':
        void this.toggleFullScreen();
        return true;
      default:
        return false;
    }
  }

  toggleMode(): void {
    this.watch().mode.update((mode) => (mode === 'live' ? 'exact' : 'live'));
  }

  toggleBoxes(): void {
    this.watch().boxes.update((shown) => !shown);
    this.watch().refresh();
  }

  async toggleFullScreen(): Promise<void> {
    if (document.fullscreenElement === this.#element) await document.exitFullscreen();
    else await this.#element.requestFullscreen();
  }
}
