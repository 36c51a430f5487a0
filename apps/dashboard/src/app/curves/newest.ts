/** The newest items of a stream, at most `capacity`. */
export class Newest<T> {
  readonly #capacity: number;
  readonly #items: T[] = [];

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  push(item: T): void {
    if (this.#items.length === this.#capacity) this.#items.shift();
    this.#items.push(item);
  }

  find(matches: (item: T) => boolean): T | undefined {
    return this.#items.findLast(matches);
  }

  /** Newest first; a copy. */
  list(): T[] {
    return this.#items.toReversed();
  }

  clear(): void {
    this.#items.length = 0;
  }
}
