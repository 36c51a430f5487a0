import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readModelsCommand } from './arguments.ts';
import { progressLines } from './progress-lines.ts';
import { tuningTable } from './tune-model.ts';

describe('npm run models', () => {
  it('understands list, get and tune, and nothing else', () => {
    expect(readModelsCommand(['list'])).toEqual({ name: 'list' });
    expect(readModelsCommand(['get'])).toEqual({ name: 'get', id: undefined });
    expect(readModelsCommand(['get', 'yolov5s'])).toEqual({ name: 'get', id: 'yolov5s' });
    expect(readModelsCommand(['tune'])).toEqual({ name: 'tune', id: undefined });
    for (const words of [[], ['got'], ['list', 'all'], ['get', '--force'], ['get', 'a', 'b']]) {
      expect(readModelsCommand(words), words.join(' ')).toBeNull();
    }
  });

  it('lists the models of the catalog', async () => {
    const { code, out } = await run('list');
    expect(code).toBe(0);
    expect(out).toMatch(/^yolov5s \(default\) +(ready|not here|damaged) +AGPL-3\.0 +/m);
  });

  it('explains itself in one line when a model is unknown', async () => {
    const { code, err } = await run('get', 'yolo99');
    expect(code).toBe(1);
    expect(err).toMatch(/^There is no model "yolo99"; the catalog has yolov5s, .*\n$/);
  });

  it('shows how it is used when it is not understood', async () => {
    const { code, err } = await run('fetch');
    expect(code).toBe(64);
    expect(err).toContain('usage: npm run models -- list');
  });
});

describe('tuningTable', () => {
  it('lines up what was measured, and marks what was chosen', () => {
    const trials = [
      { threads: 16, fastestMs: 9, medianMs: 10.25, processorMs: 120, runs: 10 },
      { threads: 8, fastestMs: 9.5, medianMs: 10, processorMs: 70, runs: 10 },
    ];
    expect(tuningTable({ threads: 8, trials, othersPercent: 0 })).toEqual([
      'threads  fastest   median  processor time',
      '     16   9.0 ms  10.3 ms        120.0 ms',
      '      8   9.5 ms  10.0 ms         70.0 ms  <- chosen',
    ]);
  });
});

describe('progressLines', () => {
  it('says each quarter of a download once, however small its steps', () => {
    const lines: string[] = [];
    const tell = progressLines('m', (line) => lines.push(line));
    for (let receivedBytes = 0; receivedBytes <= 8e6; receivedBytes += 1e5) {
      tell({ stage: 'download', receivedBytes, totalBytes: 8e6 });
    }
    tell({ stage: 'convert' });
    expect(lines).toEqual([
      'm: downloaded 0.0 of 8.0 MB',
      'm: downloaded 2.0 of 8.0 MB',
      'm: downloaded 4.0 of 8.0 MB',
      'm: downloaded 6.0 of 8.0 MB',
      'm: downloaded 8.0 of 8.0 MB',
      'm: converting to ONNX',
    ]);
  });
});

function run(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const main = join(import.meta.dirname, 'main.ts');
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [main, ...words], (_error, out, err) => {
      resolve({ code: child.exitCode ?? -1, out, err });
    });
  });
}
