/** A start that cannot succeed; the message is one line for a person. */
export class StartError extends Error {
  override readonly name = 'StartError';
  /** The process' exit code. */
  readonly code: number;

  constructor(message: string, code = 1) {
    super(message);
    this.code = code;
  }
}
