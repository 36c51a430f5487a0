import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeSite, type RunningApi, type Site, startApi } from '../running-api.ts';

let site: Site;
let api: RunningApi;

beforeAll(async () => {
  site = await makeSite();
  await writeFile(join(site.dashboard, 'index.html'), '<title>The page</title>');
  await writeFile(join(site.dashboard, 'main-ABCDEF12.js'), 'script');
  await writeFile(join(site.dashboard, 'favicon.ico'), 'icon');
  await mkdir(join(site.dashboard, 'media'));
  await writeFile(join(site.dashboard, 'media', 'font-ABCDEF12.woff2'), 'font');
  api = await startApi(site);
});

afterAll(async () => {
  await api.stop();
  await site.remove();
});

const html = { token: null, headers: { accept: 'text/html,*/*;q=0.8' } };

describe('the dashboard', () => {
  it.each(['/', '/index.html', '/cameras', '/cameras/gate', '/healthzz'])(
    'shows its page at %s, never from a cache',
    async (path) => {
      const answer = await api.call('GET', path, html);
      expect(await answer.text()).toBe('<title>The page</title>');
      expect(answer.headers.get('cache-control')).toBe('no-cache');
      const policy = answer.headers.get('content-security-policy');
      expect(policy).toContain("script-src 'self';");
      expect(answer.headers.get('x-powered-by')).toBeNull();
    },
  );

  it('lets browsers keep what has a hash in its name, and nothing else', async () => {
    for (const path of ['/main-ABCDEF12.js', '/media/font-ABCDEF12.woff2']) {
      const answer = await api.call('GET', path, { token: null });
      expect(answer.headers.get('cache-control')).toMatch(/immutable/);
    }
    const icon = await api.call('GET', '/favicon.ico', { token: null });
    expect(icon.headers.get('cache-control')).toBe('no-cache');
  });

  it.each(['/main-OLD00000.js', '/api', '/api/nothing', '/API/nothing', '/../../etc/passwd.txt'])(
    'does not show its page for %s',
    async (path) => {
      expect((await api.call('GET', path, html)).status).toBe(404);
    },
  );
});

describe('the OpenAPI document', () => {
  it('describes what is there, as OpenAPI 3.1 does', async () => {
    const answer = await api.call('GET', '/api/openapi.json');
    const document = (await answer.json()) as {
      openapi: string;
      paths: Record<string, Record<string, { responses: Record<string, unknown> }>>;
      components: { schemas: Record<string, unknown> };
    };
    expect(document.openapi).toBe('3.1.0');
    const routes = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method} ${path}`),
    );
    expect(routes).toEqual(
      expect.arrayContaining([
        'get /api/v1/cameras',
        'post /api/v1/cameras',
        'get /api/v1/cameras/{id}',
        'patch /api/v1/cameras/{id}',
        'delete /api/v1/cameras/{id}',
        'get /api/v1/cameras/{id}/status',
        'get /api/v1/cameras/{id}/snapshot.jpg',
        'get /api/v1/cameras/{id}/detections/latest',
        'get /api/v1/system',
        'get /healthz',
        'get /readyz',
        'get /metrics',
        'post /api/v1/session',
      ]),
    );
    expect(document.components.schemas['NewCamera']).toMatchObject({
      required: ['name', 'source'],
      additionalProperties: false,
    });
    const references = JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g);
    for (const [, name = ''] of references)
      expect(document.components.schemas).toHaveProperty(name);
  });

  it('has a page whose parts are all of its own', async () => {
    const page = await (await api.call('GET', '/api/docs')).text();
    const parts = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = '']) => path);
    expect(parts).toHaveLength(3);
    for (const path of parts) {
      expect(path).toMatch(/^\/api\/docs\//);
      expect((await api.call('GET', path)).status).toBe(200);
    }
    expect((await api.call('GET', '/api/docs/package.json')).status).toBe(404);
  });
});
