import type { Config } from '@lookout/config';
import { hostClock, hostId } from '@lookout/host';
import { type DynamicModule, Global, Module } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { AccessModule } from './access/access.module.ts';
import { CamerasModule } from './cameras/cameras.module.ts';
import { CaptureModule } from './capture/capture.module.ts';
import { DatabaseModule, type Vaults } from './database/database.module.ts';
import type { Database } from './database/open-database.ts';
import { DetectionsModule } from './detections/detections.module.ts';
import { EnginesModule } from './engines.module.ts';
import { DoctorModule } from './doctor/doctor.module.ts';
import { TransferModule } from './export/transfer.module.ts';
import { EventsModule } from './events/events.module.ts';
import { HealthModule } from './health/health.module.ts';
import { Log } from './http/log.ts';
import { requestLog } from './http/request-log.ts';
import { JobsModule } from './jobs/jobs.module.ts';
import { LiveModule } from './live/live.module.ts';
import { ModelsModule } from './models/models.module.ts';
import { MqttModule } from './mqtt/mqtt.module.ts';
import { OpenApiModule } from './openapi/openapi.module.ts';
import { ProbeModule } from './probe/probe.module.ts';
import { RetentionModule } from './retention/retention.module.ts';
import { StatusModule } from './status/status.module.ts';
import { SupervisorLink } from './supervisor-link.ts';
import { CLOCK, CONFIG, HOST_ID, MODELS_FOLDER, VERSION } from './tokens.ts';
import { WebhooksModule } from './webhooks/webhooks.module.ts';

/** What the api is told of where it runs. */
interface Surroundings {
  readonly config: Config;
  readonly version: string;
  /** Folder of the catalog of models. */
  readonly models: string;
}

/** The whole api, in the order of a frame's journey. */
@Global()
@Module({})
export class AppModule {
  static with(
    { config, version, models }: Surroundings,
    database: Database,
    vaults: Vaults,
  ): DynamicModule {
    return {
      module: AppModule,
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: VERSION, useValue: version },
        { provide: MODELS_FOLDER, useValue: models },
        { provide: CLOCK, useFactory: hostClock },
        { provide: HOST_ID, useFactory: hostId },
        SupervisorLink,
        Log,
      ],
      exports: [CONFIG, VERSION, MODELS_FOLDER, CLOCK, HOST_ID, SupervisorLink],
      imports: [
        LoggerModule.forRoot(requestLog(config)),
        DatabaseModule.with(database, vaults),
        EnginesModule,
        AccessModule,
        CaptureModule,
        LiveModule,
        DetectionsModule,
        JobsModule,
        // Before the events, whose addresses would take its own for an id.
        RetentionModule,
        EventsModule,
        WebhooksModule,
        StatusModule,
        ModelsModule,
        ProbeModule,
        CamerasModule,
        TransferModule,
        HealthModule,
        DoctorModule,
        ...(config.mqttUrl === undefined ? [] : [MqttModule]),
        OpenApiModule,
      ],
    };
  }
}
