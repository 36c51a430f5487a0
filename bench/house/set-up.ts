import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { childEnvironment } from '@lookout/config';

/** Brings programs, model, footage and builds, where they are missing. @throws Error when that fails */
export async function setUp(root: string): Promise<void> {
  const command = spawn(process.execPath, [join(root, 'tools/setup/for-suite.ts'), 'bench'], {
    cwd: root,
    env: childEnvironment(),
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [code] = (await once(command, 'exit')) as [number | null];
  if (code !== 0) throw new Error('the set-up did not end well');
}
