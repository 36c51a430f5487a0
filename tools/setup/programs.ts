import { aptInstall, canInstallWithApt } from './apt.ts';
import { findProgram } from './find-program.ts';
import { CommandError } from './run-command.ts';
import { SetupError, type SetupStep } from './step.ts';

/** A program that Lookout runs but npm does not carry. */
interface Program {
  /** Any of these names will do. */
  readonly names: readonly string[];
  /** Package that brings it: Debian's name, and others' where it is another. */
  readonly packages: { readonly apt: string; readonly brew?: string; readonly dnf?: string };
}

/** Decodes what cameras send. */
export const ffmpeg: Program = { names: ['ffmpeg'], packages: { apt: 'ffmpeg' } };
/** Looks into what cameras send; comes with ffmpeg. */
export const ffprobe: Program = { names: ['ffprobe'], packages: { apt: 'ffmpeg' } };
/** Holds the newest frame of each camera and the results. */
export const redisServer: Program = {
  names: ['redis-server'],
  packages: { apt: 'redis-server', brew: 'redis', dnf: 'redis' },
};
/** Sets the clock of single processes, in the suite of faults. */
export const faketime: Program = {
  names: ['faketime'],
  packages: { apt: 'faketime', brew: 'libfaketime', dnf: 'libfaketime' },
};
/** The broker that MQTT is tested with; where only root may run it, it is not on everybody's path. */
export const mosquitto: Program = {
  names: ['mosquitto', '/usr/sbin/mosquitto'],
  packages: { apt: 'mosquitto' },
};
/** Opens the dashboard in the end-to-end tests. */
export const chromium: Program = {
  names: ['chromium', 'chromium-browser', 'google-chrome'],
  packages: { apt: 'chromium' },
};

/** Brings the programs that are missing. */
export function programsStep(programs: readonly Program[]): SetupStep {
  const missing = () => programs.filter(({ names }) => findProgram(...names) === undefined);
  return {
    name: 'programs',
    needed: () => {
      const names = packagesFor(missing(), 'apt');
      return names.length === 0 ? undefined : `installing ${names.join(' and ')}`;
    },
    run: async () => {
      if (!(await canInstallWithApt())) throw new SetupError(installYourself(missing()));
      try {
        await aptInstall(packagesFor(missing(), 'apt'));
      } catch (error) {
        if (!(error instanceof CommandError)) throw error;
        throw new SetupError(`${installYourself(missing())} (${error.message})`);
      }
    },
  };
}

function packagesFor(programs: readonly Program[], manager: 'apt' | 'brew' | 'dnf'): string[] {
  return [...new Set(programs.map(({ packages }) => packages[manager] ?? packages.apt))];
}

function installYourself(programs: readonly Program[]): string {
  const names = programs.map((program) => program.names[0]).join(', ');
  if (findProgram('apt-get') !== undefined) {
    return `Lookout needs ${names}: sudo apt-get install ${packagesFor(programs, 'apt').join(' ')}`;
  }
  if (findProgram('brew') !== undefined) {
    return `Lookout needs ${names}: brew install ${packagesFor(programs, 'brew').join(' ')}`;
  }
  if (findProgram('dnf') !== undefined) {
    return `Lookout needs ${names}: sudo dnf install ${packagesFor(programs, 'dnf').join(' ')}`;
  }
  return `Lookout needs ${names}: install them with this system's package manager`;
}
