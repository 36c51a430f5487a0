import { fork } from 'node:child_process';
import { join } from 'node:path';
import { childEnvironment, NODE_FLAGS } from '@lookout/config';
import type { ChildSpec } from './supervised-child.ts';

/** One of our own applications, as built under `dist`. */
export function nodeChild(
  root: string,
  name: string,
  app: 'api' | 'worker',
  settings: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): ChildSpec {
  let first = true;
  return {
    name,
    launch: () => {
      // What is asked for on the command line is asked for once, not at each restart.
      const given = first ? args : [];
      first = false;
      return fork(join(root, 'dist', 'apps', app, 'main.js'), given, {
        cwd: root,
        detached: true,
        env: childEnvironment(settings),
        execArgv: [...NODE_FLAGS],
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      });
    },
  };
}
