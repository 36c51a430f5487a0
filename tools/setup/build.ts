import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { childEnvironment } from '@lookout/config';
import { CommandError, runCommand } from './run-command.ts';
import { SetupError, type SetupStep } from './step.ts';

/** An application that is built before it runs. */
export type App = 'api' | 'worker' | 'dashboard';

const SHARED = ['package-lock.json', 'tsconfig.base.json', 'nx.json', 'libs'];
const NO_SOURCE = new Set(['node_modules', 'dist', '.angular']);

/** Builds the applications whose sources changed since they were built last. */
export function buildStep(root: string, apps: readonly App[]): SetupStep {
  const stale = () => apps.filter((app) => !isBuilt(root, app));
  return {
    name: 'build',
    needed: () => {
      const names = stale();
      return names.length === 0 ? undefined : names.join(', ');
    },
    run: async (signal) => {
      const names = stale();
      const stamps = names.map((app) => [stampFile(root, app), sourcesHash(root, app)] as const);
      const args = ['run-many', '-t', 'build', '-p', names.join(','), '--output-style=static'];
      try {
        await runNx(root, args, signal);
      } catch (error) {
        if (!(error instanceof CommandError) || signal.aborted) throw error;
        throw new SetupError(`The build failed: ${error.message}`);
      }
      for (const [file, hash] of stamps) {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, hash);
      }
    },
  };
}

/**
 * Runs Nx without its daemon and its terminal interface.
 * @throws CommandError when a target fails
 */
export function runNx(
  root: string,
  args: readonly string[],
  signal?: AbortSignal,
  onOutput?: (text: string) => void,
): Promise<string> {
  const nx = join(root, 'node_modules', '.bin', 'nx');
  return runCommand(process.execPath, [nx, ...args], {
    cwd: root,
    env: childEnvironment({ NX_DAEMON: 'false', NX_TUI: 'false', FORCE_COLOR: '0' }),
    signal,
    ...(onOutput === undefined ? {} : { onOutput }),
  });
}

function stampFile(root: string, app: App): string {
  return join(root, 'dist', 'built', app);
}

function isBuilt(root: string, app: App): boolean {
  const stamp = stampFile(root, app);
  const output = join(root, 'dist', 'apps', app);
  if (!existsSync(stamp) || !existsSync(output)) return false;
  return readFileSync(stamp, 'utf8') === sourcesHash(root, app);
}

function sourcesHash(root: string, app: App): string {
  const sum = createHash('sha256');
  for (const path of [...SHARED, join('apps', app)]) {
    for (const file of filesUnder(join(root, path))) {
      sum
        .update(`${relative(root, file)}\0`)
        .update(readFileSync(file))
        .update('\0');
    }
  }
  return sum.digest('hex');
}

function filesUnder(path: string): string[] {
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .filter(({ name }) => !NO_SOURCE.has(name) && !name.endsWith('.spec.ts'))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const inside = join(path, entry.name);
      if (entry.isDirectory()) return filesUnder(inside);
      return entry.isFile() ? [inside] : [];
    });
}
