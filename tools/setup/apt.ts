import { childEnvironment } from '@lookout/config';
import { findProgram } from './find-program.ts';
import { CommandError, runCommand } from './run-command.ts';

/** What to put before a command that only root may run; `undefined` when there is no way. */
async function rootPrefix(): Promise<readonly string[] | undefined> {
  if (process.getuid?.() === 0) return [];
  if (findProgram('sudo') === undefined) return undefined;
  try {
    await runCommand('sudo', ['-n', 'true']);
    return ['sudo', '-n'];
  } catch {
    return undefined;
  }
}

/** Whether apt-get can be used to install, without asking anybody for a password. */
export async function canInstallWithApt(): Promise<boolean> {
  return findProgram('apt-get') !== undefined && (await rootPrefix()) !== undefined;
}

/**
 * Installs packages; fetches the lists of packages first when the install fails without.
 * @throws CommandError with apt's own words
 */
export async function aptInstall(packages: readonly string[]): Promise<void> {
  const install = ['install', '-y', '--no-install-recommends', ...packages];
  try {
    await aptGetAsRoot(install);
  } catch {
    await aptUpdate();
    await aptGetAsRoot(install);
  }
}

/**
 * Downloads a package's file into a folder; no root needed.
 * @throws CommandError with apt's own words
 */
export async function aptDownload(packageName: string, folder: string): Promise<void> {
  const download = () => runCommand('apt-get', ['download', packageName], { cwd: folder });
  try {
    await download();
  } catch (error) {
    if ((await rootPrefix()) === undefined) throw error;
    await aptUpdate();
    await download();
  }
}

async function aptUpdate(): Promise<void> {
  await aptGetAsRoot(['update']);
}

async function aptGetAsRoot(args: readonly string[]): Promise<void> {
  const prefix = await rootPrefix();
  if (prefix === undefined) throw new CommandError('apt-get needs root or passwordless sudo');
  const quiet = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get'];
  // Another apt may run, as it does on a freshly started machine.
  const patient = ['-o', 'DPkg::Lock::Timeout=300', '-qq'];
  const [program = 'env', ...rest] = [...prefix, ...quiet, ...patient, ...args];
  await runCommand(program, rest, { env: childEnvironment() });
}
