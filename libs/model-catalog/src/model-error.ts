/** Why a model cannot be had. */
export type ModelFault =
  | 'catalog-broken'
  | 'model-unknown'
  | 'file-missing'
  | 'file-damaged'
  | 'download-failed'
  | 'conversion-failed';

/** A model cannot be had; the message is one line that says what to do. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
  readonly fault: ModelFault;

  constructor(fault: ModelFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.fault = fault;
  }
}

/** What an unknown error says of itself. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Why a file cannot be read, without its path on this machine: operators see it. */
export function readFailure(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : reasonOf(error);
}
