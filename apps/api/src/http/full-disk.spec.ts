import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ArgumentsHost } from '@nestjs/common';
import Sqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { ProblemFilter } from './problem-filter.ts';

async function errorOfFullDatabase(): Promise<unknown> {
  const folder = await mkdtemp(join(tmpdir(), 'lookout-full-'));
  const database = new Sqlite(join(folder, 'full.db'));
  try {
    database.exec('CREATE TABLE things (bytes BLOB); PRAGMA max_page_count = 2');
    database.prepare('INSERT INTO things VALUES (zeroblob(100000))').run();
    return undefined;
  } catch (error) {
    return error;
  } finally {
    database.close();
    await rm(folder, { recursive: true });
  }
}

it('tells that the disk is full, and what to do', async () => {
  const sent: string[] = [];
  const response = {
    headersSent: false,
    status: () => response,
    type: () => response,
    send: (text: string) => sent.push(text),
  };
  const http = { getResponse: () => response };
  const host = { getType: () => 'http', switchToHttp: () => http } as unknown as ArgumentsHost;
  new ProblemFilter().catch(await errorOfFullDatabase(), host);
  expect(JSON.parse(sent[0] ?? '')).toMatchObject({
    status: 507,
    title: 'Insufficient Storage',
    detail: 'The disk of the database is full, nothing was changed: make room on it',
  });
});
