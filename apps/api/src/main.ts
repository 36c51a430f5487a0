import 'reflect-metadata';
import { resolve } from 'node:path';
import { ConfigError, readConfig } from '@lookout/config';
import { trustSystemCertificates } from '@lookout/host';
import { AccessService } from './access/access.service.ts';
import { createApp } from './create-app.ts';
import { isListenError, listen } from './listen.ts';
import { stopOnSignal } from './stop-on-signal.ts';
import { beatForSupervisor, SupervisorLink, tellSupervisor } from './supervisor-link.ts';
import { readVersion } from './version.ts';

/** As sysexits.h has it: the environment must be mended first, another try would not help. */
const EXIT_CONFIG = 78;

process.title = 'lookout-api';
trustSystemCertificates();

try {
  const config = readConfig();
  if (config.redisUrl === undefined) {
    throw new ConfigError(
      'REDIS_URL is not set: the api alone needs to be told which Redis to use',
    );
  }
  const app = await createApp({
    config,
    version: readVersion(resolve(import.meta.dirname, '../../..')),
    models: resolve(import.meta.dirname, '../../../models'),
    dashboard: resolve(import.meta.dirname, '../dashboard/browser'),
  });
  stopOnSignal(app);
  const url = await listen(app, config);
  const access = app.get(AccessService);
  const newAdminToken = await access.offerAdminToken(process.argv.includes('--new-admin-token'));
  app.get(SupervisorLink).onTokenShown((token) => {
    void access.keepAdminToken(token).then(() => tellSupervisor({ type: 'token-kept' }));
  });
  const news = newAdminToken === undefined ? {} : { newAdminToken };
  beatForSupervisor();
  if (!tellSupervisor({ type: 'ready', url, ...news })) {
    const fragment = newAdminToken === undefined ? '' : `#token=${newAdminToken}`;
    process.stdout.write(`Lookout's api is ready: ${url}/${fragment}\n`);
    if (newAdminToken !== undefined) await access.keepAdminToken(newAdminToken);
  }
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(`lookout-api cannot start: ${reason}\n`);
  if (!(error instanceof ConfigError || isListenError(error))) throw error;
  tellSupervisor({ type: 'failed', reason });
  process.exit(EXIT_CONFIG);
}
