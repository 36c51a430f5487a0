import { createConfig, lintFromString } from '@redocly/openapi-core';
import type { OpenAPIObject } from '@nestjs/swagger';
import openapiTS, { astToString } from 'openapi-typescript';
import { format } from 'prettier';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeSite, type RunningApi, type Site, startApi } from '../running-api.ts';
import { readVersion } from '../version.ts';
import { methodsOf } from './finish-operation.ts';
import { openApiDocument } from './openapi-document.ts';

const ROOT = resolve(import.meta.dirname, '../../../..');
const DOCUMENT = resolve(ROOT, 'docs/ref/openapi.json');
const CLIENT = resolve(ROOT, 'apps/dashboard/src/app/server/generated/rest-api.ts');
const STYLE = { singleQuote: true, printWidth: 100 };

let site: Site;
let api: RunningApi;
let document: OpenAPIObject;

beforeAll(async () => {
  site = await makeSite();
  api = await startApi(site);
  document = openApiDocument(api.app, readVersion(ROOT));
});

afterAll(async () => {
  await api.stop();
  await site.remove();
});

function operations() {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    methodsOf(item).map(([method, operation]) => ({ path, method, operation })),
  );
}

// When these two fail after a change of the REST interface: `npm run openapi`, and commit the files.
describe('what was made from the running api', () => {
  it('is the committed document', async () => {
    const text = await format(JSON.stringify(document), { ...STYLE, parser: 'json' });
    await expect(text).toMatchFileSnapshot(DOCUMENT);
  });

  it('is the committed client of the dashboard', async () => {
    // What has a default may be left out of a request.
    const options = { defaultNonNullable: false };
    const types = astToString(await openapiTS(JSON.stringify(document), options));
    const note =
      '// Made from docs/ref/openapi.json by `npm run openapi`; changes here are lost.\n\n';
    const text = await format(note + types, { ...STYLE, parser: 'typescript' });
    await expect(text).toMatchFileSnapshot(CLIENT);
  });
});

describe('the OpenAPI document', () => {
  it("has no fault by Redocly's recommended rules", async () => {
    const problems = await lintFromString({
      source: JSON.stringify(document),
      config: await createConfig({ extends: ['recommended'] }),
    });
    expect(problems.map(({ ruleId, message }) => `${ruleId}: ${message}`)).toEqual([]);
  });

  it('would be told of a fault by the linter', async () => {
    const info = { title: 'Lookout', version: '1' };
    const problems = await lintFromString({
      source: JSON.stringify({ ...document, info }),
      config: await createConfig({ extends: ['recommended'] }),
    });
    expect(problems.map(({ ruleId }) => ruleId)).toContain('info-license');
  });

  it('names, sorts, guards and exemplifies every operation', () => {
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { path, method, operation } of operations()) {
      const where = `${method} ${path}`;
      expect(operation.operationId, where).toMatch(/^[A-Z][A-Za-z]*\.[a-z][A-Za-z]*$/);
      expect(operation.summary, where).toMatch(/^[A-Z]/);
      expect(operation.tags, where).toHaveLength(1);
      expect(operation.security, where).toBeDefined();
      const { requestBody: body } = operation;
      if (body === undefined || !('content' in body)) continue;
      for (const [type, { example }] of Object.entries(body.content)) {
        expect(example, `${where}: example of ${type}`).toBeDefined();
      }
    }
  });

  it('describes what each tag is for', () => {
    for (const { name, description } of document.tags ?? []) {
      expect(description, name).not.toBe('');
    }
  });

  it('asks for a token everywhere but where the api does not', () => {
    const open = operations().filter(({ operation }) => operation.security?.length === 0);
    expect(open.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual([
      'get /healthz',
      'get /readyz',
      'post /api/v1/session',
    ]);
  });

  it('gives every fault as a problem', () => {
    for (const { path, method, operation } of operations()) {
      for (const [status, response] of Object.entries(operation.responses)) {
        if (status !== 'default' && Number(status) < 400) continue;
        expect(response, `${method} ${path}: ${status}`).toMatchObject({
          content: {
            'application/problem+json': { schema: { $ref: expect.any(String) as string } },
          },
        });
      }
      expect(operation.responses, `${method} ${path}`).toHaveProperty('default');
    }
  });
});
