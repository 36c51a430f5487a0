import {
  afterRenderEffect,
  Component,
  computed,
  effect,
  type ElementRef,
  inject,
  input,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { formatAge } from '../figures/age.ts';
import { DrawLoop } from '../picture/draw-loop.ts';
import { Stage } from '../picture/stage.ts';
import { LiveSocket } from '../server/live-socket.ts';
import { ServerClock } from '../server/server-clock.ts';
import { Icon } from '../shell/icon.ts';
import { PageVisibility } from '../shell/page-visibility.ts';
import { CameraWatches } from '../watch/camera-watches.ts';
import type { CameraWatch } from '../watch/camera-watch.ts';
import { cameraBanner } from './camera-banner.ts';

/** Of a camera that nothing is heard of, a picture older than this is not of now. */
const OLD_PICTURE_MS = 5000;

/** A camera's picture with its boxes, and what must be said over it. Watches only while seen. */
@Component({
  selector: 'lo-camera-stage',
  imports: [Icon],
  templateUrl: './camera-stage.html',
  styleUrl: './camera-stage.scss',
})
export class CameraStage {
  readonly #watches = inject(CameraWatches);
  readonly #loop = inject(DrawLoop);
  readonly #page = inject(PageVisibility);
  readonly #serverClock = inject(ServerClock);
  readonly #onScreen = signal(false);
  private readonly picture = viewChild.required<ElementRef<HTMLCanvasElement>>('picture');
  private readonly overlay = viewChild.required<ElementRef<HTMLCanvasElement>>('overlay');
  private readonly frame = viewChild.required<ElementRef<HTMLElement>>('frame');

  readonly watch = input.required<CameraWatch>();

  protected readonly link = inject(LiveSocket).state;
  protected readonly facts = computed(() => this.watch().facts());
  protected readonly banner = computed(() =>
    cameraBanner(this.watch().news(), this.#serverClock.now()),
  );
  protected readonly hasPicture = computed(() => this.facts().pictureAt !== null);
  /** A picture that is not of now: kept, and greyed. */
  protected readonly old = computed(
    () =>
      this.link() === 'lost' ||
      (this.banner() !== null && this.hasPicture()) ||
      (this.watch().news() === null && (this.facts().pictureMs ?? 0) > OLD_PICTURE_MS),
  );
  protected readonly unknown = computed(() => {
    const { kind, reason } = this.facts().freshness;
    return kind === 'unknown' &&
      this.banner() === null &&
      this.link() === 'connected' &&
      this.hasPicture()
      ? reason
      : null;
  });
  /** Said behind the picture, which covers the words as soon as it is there. */
  protected readonly waiting = computed(
    () => !this.hasPicture() && this.banner() === null && this.link() !== 'lost',
  );
  protected readonly pictureAge = computed(() => formatAge(this.facts().pictureMs ?? 0));
  protected readonly description = computed(() => `Picture of ${this.watch().camera().name}`);

  constructor() {
    // Anew for each camera: the last picture of one must not stand for another.
    afterRenderEffect((onCleanup) => {
      onCleanup(this.#putOnStage(this.watch()));
    });
    effect((onCleanup) => {
      const watch = this.watch();
      const mode = watch.mode();
      if (!this.#onScreen() || !this.#page.visible()) return;
      untracked(() => {
        this.#watches.watch(watch, mode);
      });
      onCleanup(() => {
        this.#watches.unwatch(watch);
      });
    });
  }

  /** @returns takes it off again */
  #putOnStage(watch: CameraWatch): () => void {
    const frame = this.frame().nativeElement;
    const stage = new Stage(
      this.#loop,
      watch,
      this.picture().nativeElement,
      this.overlay().nativeElement,
    );
    watch.show(stage);
    const size = new ResizeObserver(() => {
      stage.resize({ width: frame.clientWidth, height: frame.clientHeight }, devicePixelRatio);
    });
    size.observe(frame);
    const sight = new IntersectionObserver((entries) => {
      this.#onScreen.set(entries.at(-1)?.isIntersecting ?? false);
    });
    sight.observe(frame);
    return () => {
      size.disconnect();
      sight.disconnect();
      watch.hide(stage);
      stage.destroy();
    };
  }
}
