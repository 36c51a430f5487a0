import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type RequestHandler, Router, static as serveStatic } from 'express';

/** Addresses that belong to the api itself and never show the dashboard's page. */
const OF_THE_API = /^\/(?:api|healthz|readyz|metrics|socket\.io)(?:\/|$)/i;

/** A name with the hash of its content in it never changes. */
const HASHED = /[-.][0-9A-Za-z_]{8,}\.(?:js|css|woff2?|svg|png|webp|map)$/;

/** Serves the built dashboard; addresses that are views within it get its page. */
export function dashboardFiles(folder: string): RequestHandler {
  const router = Router();
  const page = join(folder, 'index.html');
  router.use(
    serveStatic(folder, {
      index: 'index.html',
      redirect: false,
      setHeaders: (response, path) => {
        const hashed = HASHED.test(path);
        response.setHeader(
          'Cache-Control',
          hashed ? 'public, max-age=31536000, immutable' : 'no-cache',
        );
      },
    }),
  );
  router.use((request, response, next) => {
    const wantsPage = request.method === 'GET' && request.accepts(['html', 'json']) === 'html';
    const isFile = /\.[^/]+$/.test(request.path);
    if (!wantsPage || isFile || OF_THE_API.test(request.path) || !existsSync(page)) {
      next();
      return;
    }
    response.setHeader('Cache-Control', 'no-cache');
    response.sendFile(page);
  });
  return router;
}
