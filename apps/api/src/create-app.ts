import { join } from 'node:path';
import type { Config } from '@lookout/config';
import { NestApplicationContextOptions } from '@nestjs/common/interfaces/nest-application-context-options.interface.js';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from './app.module.ts';
import { openDatabase } from './database/open-database.ts';
import { resealSources } from './database/reseal-sources.ts';
import { resealWebhooks } from './database/reseal-webhooks.ts';
import { dashboardFiles } from './http/dashboard-files.ts';
import { knownRoutes } from './http/known-routes.ts';
import { Log } from './http/log.ts';
import { nothingHere } from './http/nothing-here.ts';
import { ProblemFilter } from './http/problem-filter.ts';
import { securityHeaders } from './http/security-headers.ts';
import { YAML_LIMIT, YAML_TYPES } from './http/yaml-body.ts';
import { openApiDocument } from './openapi/openapi-document.ts';
import { OpenApiHolder } from './openapi/openapi-holder.ts';
import { Keyring } from './secrets/keyring.ts';
import { SourceVault } from './secrets/source-vault.ts';
import { WebhookVault } from './secrets/webhook-vault.ts';

const WITHOUT_PREFIX = [
  'healthz',
  'readyz',
  'metrics',
  'api/openapi.json',
  'api/docs',
  'api/docs/:name',
];

const OPTIONS = Object.assign(new NestApplicationContextOptions(), {
  bufferLogs: true,
  abortOnError: false,
  bodyParser: false,
  // Pages keep connections open, and a stop must not wait for them.
  forceCloseConnections: true,
});

/** What an api is made with. */
export interface AppSettings {
  readonly config: Config;
  /** Of Lookout. */
  readonly version: string;
  /** Folder of the catalog of models. */
  readonly models: string;
  /** Folder of the built dashboard, which may be missing. */
  readonly dashboard: string;
}

/** Puts the api together; it does not listen yet. */
export async function createApp(settings: AppSettings): Promise<NestExpressApplication> {
  const { config, version, dashboard } = settings;
  const keys = new Keyring(join(config.dataDir, 'secrets.key'));
  const vault = new SourceVault(keys);
  const webhookVault = new WebhookVault(keys);
  const database = await openDatabase(config.databaseFile);
  await resealSources(database, vault);
  await resealWebhooks(database, webhookVault);
  const module = AppModule.with(settings, database, { sources: vault, webhooks: webhookVault });
  const app = await NestFactory.create<NestExpressApplication>(module, OPTIONS);
  app.useLogger(app.get(Log));
  app.disable('x-powered-by');
  // A proxy that ends TLS on this machine says whom it speaks for; nobody else is believed.
  app.set('trust proxy', 'loopback');
  app.use(securityHeaders());
  app.use(dashboardFiles(dashboard));
  app.use(knownRoutes(() => app.get(OpenApiHolder).document));
  app.useBodyParser('json', { limit: '256kb', type: ['application/json', 'application/*+json'] });
  app.useBodyParser('text', { limit: YAML_LIMIT, type: [...YAML_TYPES] });
  app.useGlobalFilters(new ProblemFilter());
  app.setGlobalPrefix('api/v1', { exclude: WITHOUT_PREFIX });
  app.get(OpenApiHolder).document = openApiDocument(app, version);
  await app.init();
  // Nest answers for its prefix alone; after it comes whatever no part of it knows.
  app.use(nothingHere());
  return app;
}
