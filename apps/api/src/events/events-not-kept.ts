/** The database does not take what became of events. */
export class EventsNotKept extends Error {
  override readonly name = 'EventsNotKept';

  constructor(cause: unknown) {
    super(`Events cannot be kept: ${wordsOf(cause)}`, { cause });
  }
}

/** What went wrong, in words. */
export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
