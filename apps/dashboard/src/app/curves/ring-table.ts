/** The newest rows of a table of numbers, in memory that is taken once; NaN stands for "not known". */
export class RingTable {
  readonly #columns: readonly Float64Array[];
  readonly #capacity: number;
  #start = 0;
  #length = 0;

  constructor(columns: number, capacity: number) {
    this.#capacity = capacity;
    this.#columns = Array.from({ length: columns }, () => new Float64Array(capacity));
  }

  get length(): number {
    return this.#length;
  }

  /** Adds a row, in place of the oldest when the table is full; missing numbers are not known. */
  push(row: readonly (number | null | undefined)[]): void {
    const at = (this.#start + this.#length) % this.#capacity;
    for (const [index, column] of this.#columns.entries()) column[at] = row[index] ?? NaN;
    if (this.#length < this.#capacity) this.#length += 1;
    else this.#start = (this.#start + 1) % this.#capacity;
  }

  /** A column, oldest first, with `null` for what is not known. */
  column(index: number): (number | null)[] {
    const column = this.#columns[index];
    return Array.from({ length: this.#length }, (_, row) => {
      const value = column?.[(this.#start + row) % this.#capacity] ?? NaN;
      return Number.isNaN(value) ? null : value;
    });
  }

  /** The newest number of a column; `null` when it is not known. */
  newest(index: number): number | null {
    const value = this.#columns[index]?.[(this.#start + this.#length - 1) % this.#capacity];
    return this.#length === 0 || value === undefined || Number.isNaN(value) ? null : value;
  }
}
