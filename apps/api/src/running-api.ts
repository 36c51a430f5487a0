import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readConfig } from '@lookout/config';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AccessService } from './access/access.service.ts';
import { createApp } from './create-app.ts';
import { listen } from './listen.ts';

/** Folders of an installation that a test throws away. */
export interface Site {
  readonly root: string;
  readonly media: string;
  readonly demo: string;
  readonly dashboard: string;
  /** Folder of the catalog of models; Lookout's own, unless a test brings another. */
  readonly models: string;
  remove(): Promise<void>;
}

/** The whole api, as a test talks to it. */
export interface RunningApi {
  readonly app: NestExpressApplication;
  readonly url: string;
  /** `undefined` when there was one already. */
  readonly newAdminToken: string | undefined;
  /** Calls a path with the token, or without any for `null`. */
  call(method: string, path: string, options?: CallOptions): Promise<Response>;
  stop(): Promise<void>;
}

export interface CallOptions {
  readonly token?: string | null;
  /** Sent as JSON, a string as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export async function makeSite(): Promise<Site> {
  const root = await mkdtemp(join(tmpdir(), 'lookout-api-'));
  const site = {
    root,
    media: join(root, 'media'),
    demo: join(root, 'data', 'demo'),
    dashboard: join(root, 'dashboard'),
    models: resolve(import.meta.dirname, '../../../models'),
  };
  for (const folder of [site.media, site.demo, site.dashboard]) {
    await mkdir(folder, { recursive: true });
  }
  return { ...site, remove: () => rm(root, { recursive: true, force: true }) };
}

/** Starts the api on a free port, with a Redis that is away unless the environment names another. */
export async function startApi(
  site: Site,
  environment: Readonly<Record<string, string>> = {},
  renewToken = false,
): Promise<RunningApi> {
  const defaults = { PORT: '0', LOG_LEVEL: 'fatal', REDIS_URL: 'redis://127.0.0.1:1' };
  const config = readConfig({ ...defaults, ...environment }, site.root);
  const { dashboard, models } = site;
  const app = await createApp({ config, version: '0.0.0-test', dashboard, models });
  const url = await listen(app, config);
  const access = app.get(AccessService);
  const newAdminToken = await access.offerAdminToken(renewToken);
  if (newAdminToken !== undefined) await access.keepAdminToken(newAdminToken);
  const ownToken = newAdminToken ?? config.adminToken ?? null;
  return {
    app,
    url,
    newAdminToken,
    call: (method, path, { token = ownToken, body, headers = {} } = {}) =>
      fetch(new URL(path, url), {
        method,
        redirect: 'manual',
        headers: {
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: asText(body) }),
      }),
    stop: () => app.close(),
  };
}

function asText(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}
