import type { Problem } from '@lookout/contracts';

/** A request that did not do what was asked; `status` 0 means that no answer came at all. */
export class RequestFailure extends Error {
  readonly status: number;
  /** What is wrong with which field, for bad input. */
  readonly fields: readonly { path: string; message: string }[];

  constructor(status: number, message: string, fields: RequestFailure['fields'] = []) {
    super(message);
    this.name = 'RequestFailure';
    this.status = status;
    this.fields = fields;
  }

  static noAnswer(): RequestFailure {
    return new RequestFailure(0, 'Lookout does not answer.');
  }

  static async fromResponse(response: Response): Promise<RequestFailure> {
    const problem = (await response.json().catch(() => ({}))) as Partial<Problem>;
    const message =
      problem.detail ?? problem.title ?? `The server answered ${String(response.status)}.`;
    return new RequestFailure(response.status, message, problem.errors ?? []);
  }
}

/** Words for a person, whatever was thrown. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
