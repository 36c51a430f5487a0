import type { Clock } from '@lookout/timing';
import {
  Inject,
  Injectable,
  Logger,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import { CLOCK } from '../tokens.ts';
import { Courier } from './courier.ts';
import { DELETED_CAMERAS, type DeletedCameras } from './deleted-cameras.ts';
import { OUTBOX, type Outbox } from './outbox.ts';
import { OutboxFeeder } from './outbox-feeder.ts';
import { StateTeller } from './state-teller.ts';

/** How soon a camera that was deleted is taken out of the webhooks that name it. */
const TAKE_OUT_MS = 1000;
const HOUR_MS = 3_600_000;
/** Deliveries that are done are shown so long. */
const KEPT_MS = 7 * 24 * HOUR_MS;

/** Begins and ends the sending, and forgets what is long done. */
@Injectable()
export class WebhooksLife implements OnModuleInit, OnModuleDestroy {
  readonly #logger = new Logger('Webhooks');
  #stopForgetting: () => void = () => undefined;
  #stopTakingOut: () => void = () => undefined;
  #takingOut = false;

  constructor(
    private readonly feeder: OutboxFeeder,
    private readonly courier: Courier,
    private readonly teller: StateTeller,
    @Inject(OUTBOX) private readonly outbox: Outbox,
    @Inject(DELETED_CAMERAS) private readonly deletedCameras: DeletedCameras,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.teller.start();
    this.courier.start();
    this.feeder.start();
    this.#stopForgetting = this.clock.every(HOUR_MS, () => void this.#forget());
    void this.#forget();
    this.#stopTakingOut = this.clock.every(TAKE_OUT_MS, () => void this.#takeOut());
  }

  onModuleDestroy(): void {
    this.#stopForgetting();
    this.#stopTakingOut();
    this.teller.stop();
    this.feeder.stop();
    this.courier.stop();
  }

  async #takeOut(): Promise<void> {
    if (this.#takingOut) return;
    this.#takingOut = true;
    // What cannot be written now is found again the next time.
    await this.deletedCameras.takeOut(this.clock.now()).catch(() => undefined);
    this.#takingOut = false;
  }

  async #forget(): Promise<void> {
    try {
      await this.outbox.forgetBefore(this.clock.now() - KEPT_MS);
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error);
      this.#logger.warn(`Old deliveries cannot be deleted: ${words}`);
    }
  }
}
