import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { CommandError, runCommand } from '../setup/run-command.ts';
import { testEnvironment } from '../test/part.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const RULE = '@nx/enforce-module-boundaries';

const reportSchema = z.array(
  z.object({
    messages: z.array(z.object({ ruleId: z.string().nullable(), message: z.string() })),
  }),
);

let faults: ReadonlyMap<string, string[]>;

beforeAll(async () => {
  const env = testEnvironment();
  const run = (tool: string, ...args: string[]) =>
    runCommand(process.execPath, [`${ROOT}/node_modules/.bin/${tool}`, ...args], {
      cwd: ROOT,
      env,
    });
  // Without the graph of projects the rule lets everything pass.
  await run('nx', 'show', 'projects');
  const projects = ['core', 'browser', 'app'];
  const found = projects.map(async (name) => {
    const folder = `tools/fixtures/boundaries/${name}`;
    const file = resolve(ROOT, 'dist', 'test-results', `boundaries-${name}.json`);
    const args = ['--no-ignore', '--format', 'json', '--output-file', file, folder];
    await run('eslint', ...args).catch((error: unknown) => {
      if (!(error instanceof CommandError)) throw error;
    });
    const report: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const messages = reportSchema.parse(report).flatMap((each) => each.messages);
    expect(messages.filter(({ ruleId }) => ruleId !== RULE)).toEqual([]);
    return [name, messages.map(({ message }) => message)] as const;
  });
  faults = new Map(await Promise.all(found));
}, 120_000);

test('a core library may not import an engine', () => {
  expect(faults.get('core')).toEqual([expect.stringContaining('layer:core')]);
});

test('browser code may not import Node code', () => {
  expect(faults.get('browser')).toEqual([expect.stringContaining('platform:browser')]);
});

test('an application may import both', () => {
  expect(faults.get('app')).toEqual([]);
});
