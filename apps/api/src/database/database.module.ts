import type { Config } from '@lookout/config';
import type { Clock } from '@lookout/timing';
import {
  type DynamicModule,
  Global,
  Inject,
  type InjectionToken,
  Module,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { CREDENTIALS_REPOSITORY } from '../access/credentials.repository.ts';
import { AUDIT_REPOSITORY } from '../audit/audit.repository.ts';
import { CAMERAS_REPOSITORY } from '../cameras/cameras.repository.ts';
import { EPOCHS } from '../capture/epochs.ts';
import { EVENTS_REPOSITORY } from '../events/events.repository.ts';
import { SENSORS_REPOSITORY } from '../mqtt/sensors.repository.ts';
import { KEPT_EVENTS_REPOSITORY } from '../retention/kept-events.repository.ts';
import type { SourceVault } from '../secrets/source-vault.ts';
import type { WebhookVault } from '../secrets/webhook-vault.ts';
import { CLOCK, CONFIG } from '../tokens.ts';
import { DELETED_CAMERAS } from '../webhooks/deleted-cameras.ts';
import { OUTBOX } from '../webhooks/outbox.ts';
import { WEBHOOKS_REPOSITORY } from '../webhooks/webhooks.repository.ts';
import type { Database } from './open-database.ts';
import { SqliteAuditRepository } from './sqlite-audit.repository.ts';
import { SqliteCamerasRepository } from './sqlite-cameras.repository.ts';
import { SqliteCredentialsRepository } from './sqlite-credentials.repository.ts';
import { SqliteDeletedCameras } from './sqlite-deleted-cameras.ts';
import { SqliteEpochs } from './sqlite-epochs.ts';
import { SqliteEventsRepository } from './sqlite-events.repository.ts';
import { SqliteOutbox } from './sqlite-outbox.ts';
import { SqliteKeptEventsRepository } from './sqlite-kept-events.repository.ts';
import { SqliteSensorsRepository } from './sqlite-sensors.repository.ts';
import { SqliteWebhooksRepository } from './sqlite-webhooks.repository.ts';

/** What seals secrets before they are kept. */
export interface Vaults {
  readonly sources: SourceVault;
  readonly webhooks: WebhookVault;
}

/** Ends the name of a file beside the database's. */
const EPOCHS_MARKER = 'epochs-written';

const DATABASE: InjectionToken<Database> = Symbol('Database');

/** Where everything is kept that outlives the process. The rest of the api knows only the ports. */
@Global()
@Module({})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** @param database - opened before, so that a fault is told before anything else begins */
  static with(database: Database, vaults: Vaults): DynamicModule {
    return {
      module: DatabaseModule,
      providers: [
        { provide: DATABASE, useValue: database },
        {
          provide: CAMERAS_REPOSITORY,
          useValue: new SqliteCamerasRepository(database, vaults.sources),
        },
        {
          provide: EPOCHS,
          useFactory: (clock: Clock, { databaseFile }: Config) =>
            new SqliteEpochs(database, clock, `${databaseFile}.${EPOCHS_MARKER}`),
          inject: [CLOCK, CONFIG],
        },
        { provide: CREDENTIALS_REPOSITORY, useValue: new SqliteCredentialsRepository(database) },
        {
          provide: EVENTS_REPOSITORY,
          useFactory: (clock: Clock) => new SqliteEventsRepository(database, clock),
          inject: [CLOCK],
        },
        {
          provide: WEBHOOKS_REPOSITORY,
          useValue: new SqliteWebhooksRepository(database, vaults.webhooks),
        },
        {
          provide: OUTBOX,
          useFactory: (clock: Clock) => new SqliteOutbox(database, vaults.webhooks, clock),
          inject: [CLOCK],
        },
        { provide: DELETED_CAMERAS, useValue: new SqliteDeletedCameras(database) },
        { provide: KEPT_EVENTS_REPOSITORY, useValue: new SqliteKeptEventsRepository(database) },
        { provide: SENSORS_REPOSITORY, useValue: new SqliteSensorsRepository(database) },
        { provide: AUDIT_REPOSITORY, useValue: new SqliteAuditRepository(database) },
      ],
      exports: [
        CAMERAS_REPOSITORY,
        EPOCHS,
        CREDENTIALS_REPOSITORY,
        AUDIT_REPOSITORY,
        EVENTS_REPOSITORY,
        WEBHOOKS_REPOSITORY,
        OUTBOX,
        DELETED_CAMERAS,
        SENSORS_REPOSITORY,
        KEPT_EVENTS_REPOSITORY,
      ],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.database.destroy();
  }
}
