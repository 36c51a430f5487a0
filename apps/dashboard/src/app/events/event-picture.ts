import {
  computed,
  DestroyRef,
  Directive,
  effect,
  ElementRef,
  inject,
  input,
  linkedSignal,
} from '@angular/core';
import { FETCH } from '../server/rest.ts';
import { CLOCK } from '../shell/clock.ts';
import { pictureOf } from './event-words.ts';

/** What is only scrolled past is not worth a request. */
const PASSING_MS = 50;
/** What cannot be got may be there soon: a surer frame takes its place, or the connection comes back. */
const AGAIN_MS = [3000, 10_000, 30_000];

/** Which picture is meant: of a kept event the surest frame may be another one later. */
export interface EventFrame {
  readonly id: string;
  readonly capturedAt: string;
  /** With its boxes drawn. */
  readonly annotated: boolean;
}

/** Whether both mean the same picture, or none. */
export function sameFrame(a: EventFrame | null, b: EventFrame | null): boolean {
  return a?.id === b?.id && a?.capturedAt === b?.capturedAt && a?.annotated === b?.annotated;
}

/**
 * Shows the picture of an event in an `<img>`. Its address stays when a surer frame takes its place,
 * and a page shows again what it once got for an address, in a new element and with another fragment
 * as well. So the picture is fetched each time: what did not change comes from the browser's cache.
 */
@Directive({
  selector: 'img[loEventPicture]',
  exportAs: 'loEventPicture',
  host: { '(error)': 'miss()', '[style.display]': "missed() ? 'none' : null" },
})
export class EventPicture {
  readonly #fetch = inject(FETCH);
  readonly #image = inject<ElementRef<HTMLImageElement>>(ElementRef).nativeElement;
  readonly loEventPicture = input.required<EventFrame>();
  #shown: { readonly id: string; readonly url: string } | null = null;
  readonly #wanted = computed(() => this.loEventPicture(), { equal: sameFrame });
  readonly #misses = linkedSignal({ source: this.#wanted, computation: () => 0 });
  /** Whether it cannot be got, so that words may stand in its place. */
  readonly missed = linkedSignal({ source: this.#wanted, computation: () => false });

  constructor() {
    const clock = inject(CLOCK);
    effect((onCleanup) => {
      const wanted = this.#wanted();
      // A frame of the same event may stay until the other one is here.
      if (this.#shown?.id !== wanted.id) this.#show(null);
      const inMs = [PASSING_MS, ...AGAIN_MS][this.#misses()];
      if (inMs === undefined) return;
      const left = new AbortController();
      const cancel = clock.after(inMs, () => void this.#get(wanted, left.signal));
      onCleanup(() => {
        cancel();
        left.abort();
      });
    });
    inject(DestroyRef).onDestroy(() => {
      this.#show(null);
    });
  }

  protected miss(): void {
    this.missed.set(true);
    this.#misses.update((count) => count + 1);
  }

  async #get({ id, annotated }: EventFrame, left: AbortSignal): Promise<void> {
    try {
      const response = await this.#fetch(pictureOf(id, annotated), {
        credentials: 'same-origin',
        priority: 'low',
        signal: left,
      });
      const picture = response.ok ? await response.blob() : null;
      if (left.aborted) return;
      if (picture === null) {
        this.miss();
        return;
      }
      this.#show({ id, url: URL.createObjectURL(picture) });
      this.missed.set(false);
    } catch {
      if (!left.aborted) this.miss();
    }
  }

  /** Past the bindings: a list that is scrolled shows dozens of pictures a second. */
  #show(next: { readonly id: string; readonly url: string } | null): void {
    if (this.#shown !== null) URL.revokeObjectURL(this.#shown.url);
    this.#shown = next;
    // Without a source its words would stand there.
    this.#image.style.visibility = next === null ? 'hidden' : '';
    if (next === null) this.#image.removeAttribute('src');
    else this.#image.src = next.url;
  }
}
