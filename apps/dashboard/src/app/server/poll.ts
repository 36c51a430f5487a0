import { computed, effect, inject, signal, untracked } from '@angular/core';
import { Session } from '../session/session.ts';
import { CLOCK } from '../shell/clock.ts';
import { PageVisibility } from '../shell/page-visibility.ts';
import { reasonOf } from './request-failure.ts';

/**
 * What the server answers to one question, asked again and again while anything on the page shows
 * it: once at a time, however many show it, and not while nobody can see the page. Made where things
 * can be injected.
 */
export class Poll<Answer> {
  readonly #question: () => Promise<Answer>;
  readonly #clock = inject(CLOCK);
  readonly #visibility = inject(PageVisibility);
  readonly #wishes = new Set<{ readonly everyMs: number }>();
  readonly #newest = signal<{ readonly answer: Answer; readonly at: number } | null>(null);
  #asking = false;
  #askedAt = -Infinity;
  #due = Infinity;
  #cancel: () => void = () => undefined;
  #session = 0;

  /** The newest one; `null` before the first. */
  readonly answer = computed(() => this.#newest()?.answer ?? null);
  /** When it came, in ms since the Unix epoch by this browser's clock. */
  readonly answeredAt = computed(() => this.#newest()?.at ?? null);
  /** What came of the newest question in place of an answer; `null` when it was answered. */
  readonly failure = signal<unknown>(null);
  /** The same in words for a person. */
  readonly problem = computed(() => {
    const failure = this.failure();
    return failure === null ? null : reasonOf(failure);
  });

  constructor(question: () => Promise<Answer>) {
    this.#question = question;
    const session = inject(Session);
    effect(() => {
      if (session.state() !== 'closed') return;
      untracked(() => {
        this.#forget();
      });
    });
  }

  /** @returns ends the asking, unless somebody else still wishes it */
  ask(everyMs: number): () => void {
    const wish = { everyMs };
    this.#wishes.add(wish);
    // What was answered long ago, when this was last on the page, is not worth a look.
    this.#plan(Math.max(0, this.#askedAt + everyMs - this.#clock.monotonic()));
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
    if (this.#visibility.visible()) await this.#askOnce();
    this.#asking = false;
    const periods = Array.from(this.#wishes, ({ everyMs }) => everyMs);
    if (periods.length > 0) this.#plan(Math.min(...periods));
  }

  async #askOnce(): Promise<void> {
    const session = this.#session;
    let newest = this.#newest();
    let failure: unknown = null;
    try {
      const answer = await this.#question();
      newest = { answer, at: this.#clock.now() };
    } catch (error) {
      failure = error;
    }
    if (session !== this.#session) return;
    this.#askedAt = this.#clock.monotonic();
    this.#newest.set(newest);
    this.failure.set(failure);
  }

  /** Who signs in next may see less. */
  #forget(): void {
    this.#session += 1;
    this.#askedAt = -Infinity;
    this.#newest.set(null);
    this.failure.set(null);
  }
}
