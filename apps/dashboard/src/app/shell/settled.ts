/** Finds what is worth saying in words that are repeated again and again. */
export class Settled {
  readonly #afterMs: number;
  readonly #subjects = new Map<string, { said: string; heard: string; since: number }>();

  /** @param afterMs - how long words must hold before they count */
  constructor(afterMs: number) {
    this.#afterMs = afterMs;
  }

  /**
   * The words that changed and have held since; a subject's first words are no news.
   * @param words - pairs of a subject and what holds of it now
   * @param now - monotonic, in ms
   */
  news(words: readonly (readonly [string, string])[], now: number): string[] {
    return words.flatMap(([subject, heard]) => {
      const known = this.#subjects.get(subject);
      if (known === undefined) {
        this.#subjects.set(subject, { said: heard, heard, since: now });
        return [];
      }
      if (heard !== known.heard) {
        known.heard = heard;
        known.since = now;
      }
      if (heard === known.said || now - known.since < this.#afterMs) return [];
      known.said = heard;
      return [heard];
    });
  }
}
