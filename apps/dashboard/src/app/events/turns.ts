/** So many of a list at a time, all of them in turn, while the list may change. */
export class Turns {
  readonly #count: number;
  #taken = 0;

  constructor(count: number) {
    this.#count = count;
  }

  /** The next ones of a list, beginning where the last turn ended. */
  next<Item>(list: readonly Item[]): Item[] {
    const from = list.length === 0 ? 0 : this.#taken % list.length;
    const turn = [...list.slice(from), ...list.slice(0, from)].slice(0, this.#count);
    this.#taken += turn.length;
    return turn;
  }
}
