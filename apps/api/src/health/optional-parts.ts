import type { System } from '@lookout/contracts';
import { Injectable } from '@nestjs/common';

/** How the parts are doing without which REST and the live view go on. They join by themselves. */
@Injectable()
export class OptionalParts {
  readonly #parts = new Map<string, () => string | null>();

  /** @param trouble - why the part does not do its work, in words for a person; `null` if it does */
  add(name: string, trouble: () => string | null): void {
    this.#parts.set(name, trouble);
  }

  read(): System['parts'] {
    return Array.from(this.#parts, ([name, trouble]) => ({ name, trouble: trouble() }));
  }
}
