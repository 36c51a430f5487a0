import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { childEnvironment } from '@lookout/config';

/**
 * Brings programs, model, footage and builds, where they are missing.
 * @param withBrowser - a Chromium and the dashboard too
 * @throws Error when that fails
 */
export async function setUp(root: string, withBrowser: boolean): Promise<void> {
  const wanted = withBrowser ? 'bench-with-browser' : 'bench';
  const command = spawn(process.execPath, [join(root, 'tools/setup/for-suite.ts'), wanted], {
    cwd: root,
    env: childEnvironment(),
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [code] = (await once(command, 'exit')) as [number | null];
  if (code !== 0) throw new Error('the set-up did not end well');
}
