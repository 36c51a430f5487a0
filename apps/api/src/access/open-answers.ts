import { Injectable, Logger } from '@nestjs/common';
import type { Response } from 'express';
import { AccessService, type Credentials } from './access.service.ts';

/** Answers that are still being written, some for hours: they end with the right to have them. */
@Injectable()
export class OpenAnswers {
  readonly #logger = new Logger(OpenAnswers.name);
  readonly #open = new Map<Response, Credentials>();

  constructor(private readonly access: AccessService) {
    access.onEnded(() => {
      this.#lookAgain().catch((error: unknown) => {
        this.#logger.error(error);
      });
    });
  }

  add(response: Response, credentials: Credentials): void {
    this.#open.set(response, credentials);
    response.once('close', () => this.#open.delete(response));
  }

  async #lookAgain(): Promise<void> {
    for (const [response, credentials] of [...this.#open]) {
      // One that has not begun is the answer to a question asked while the right was there.
      if (!response.headersSent) continue;
      if ((await this.access.authenticate(credentials)) === null) response.destroy();
    }
  }
}
