import type { Clock } from '@lookout/timing';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { AccessService, type Credentials } from '../access/access.service.ts';
import type { Principal } from '../access/principal.ts';
import { Refusals } from '../access/refusals.ts';
import { CLOCK } from '../tokens.ts';
import type { LiveNamespace, ViewerSocket } from './viewer-line.ts';

const LOOK_AGAIN_MS = 10_000;

/** Lets in who may look, and shows out whose right has ended since. */
@Injectable()
export class Turnstile {
  readonly #logger = new Logger(Turnstile.name);
  #stop: () => void = () => undefined;

  constructor(
    private readonly access: AccessService,
    private readonly refusals: Refusals,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleDestroy(): void {
    this.#stop();
  }

  guard(namespace: LiveNamespace): void {
    namespace.use((socket, next) => {
      this.#admit(socket).then(
        (principal) => {
          if (principal !== null) socket.data.principal = principal;
          next(principal === null ? new Error('A valid token is needed') : undefined);
        },
        (error: unknown) => {
          this.#logger.error(error);
          next(new Error('Access cannot be checked now'));
        },
      );
    });
    // Nothing happens in the default namespace, so nobody may stay connected by it alone.
    namespace.server.of('/').use((_socket, next) => {
      next(new Error(`Connect to the namespace ${namespace.name}`));
    });
    this.access.onEnded(() => void this.#lookAgain(namespace));
    this.#stop = this.clock.every(LOOK_AGAIN_MS, () => void this.#lookAgain(namespace));
  }

  async #admit(socket: ViewerSocket): Promise<Principal | null> {
    const credentials = credentialsOf(socket);
    const principal = await this.access.authenticate(credentials);
    if (principal === null && credentials.token !== undefined) {
      await this.refusals.note('socket', socket.handshake.address);
    }
    return principal;
  }

  /** Shows out everybody whose token or session is not valid any more. */
  async #lookAgain(namespace: LiveNamespace): Promise<void> {
    try {
      for (const socket of [...namespace.sockets.values()]) {
        const principal = await this.access.authenticate(credentialsOf(socket));
        if (principal === null) socket.disconnect(true);
      }
    } catch (error) {
      this.#logger.error(error);
    }
  }
}

function credentialsOf(socket: ViewerSocket): Credentials {
  const { auth, headers } = socket.handshake;
  const token: unknown = auth['token'];
  return {
    token: typeof token === 'string' ? token : undefined,
    cookieHeader: headers.cookie,
  };
}
