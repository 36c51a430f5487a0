import type { Config } from '@lookout/config';
import type { Clock } from '@lookout/timing';
import {
  Global,
  Inject,
  Module,
  type InjectionToken,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { CAMERAS_REPOSITORY } from '../cameras/cameras.repository.ts';
import { CREDENTIALS_REPOSITORY } from '../access/credentials.repository.ts';
import { EPOCHS } from '../capture/epochs.ts';
import { CLOCK, CONFIG } from '../tokens.ts';
import { type Database, openDatabase } from './open-database.ts';
import { SqliteCamerasRepository } from './sqlite-cameras.repository.ts';
import { SqliteCredentialsRepository } from './sqlite-credentials.repository.ts';
import { SqliteEpochs } from './sqlite-epochs.ts';

const DATABASE: InjectionToken<Database> = Symbol('Database');

/** Where everything is kept that outlives the process. The rest of the api knows only the ports. */
@Global()
@Module({
  providers: [
    {
      provide: DATABASE,
      useFactory: (config: Config) => openDatabase(config.databaseFile),
      inject: [CONFIG],
    },
    {
      provide: CAMERAS_REPOSITORY,
      useFactory: (database: Database) => new SqliteCamerasRepository(database),
      inject: [DATABASE],
    },
    {
      provide: EPOCHS,
      useFactory: (database: Database) => new SqliteEpochs(database),
      inject: [DATABASE],
    },
    {
      provide: CREDENTIALS_REPOSITORY,
      useFactory: (database: Database, clock: Clock) =>
        new SqliteCredentialsRepository(database, clock),
      inject: [DATABASE, CLOCK],
    },
  ],
  exports: [CAMERAS_REPOSITORY, EPOCHS, CREDENTIALS_REPOSITORY],
})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  async onApplicationShutdown(): Promise<void> {
    await this.database.destroy();
  }
}
