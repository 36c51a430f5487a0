import { parseArgs } from 'node:util';
import { StartError } from './start-error.ts';

/** What the command line of `npm start` asks for. */
export interface StartArguments {
  readonly api: boolean;
  readonly worker: boolean;
  readonly newAdminToken: boolean;
}

const USAGE = 'usage: npm start [-- [--only api | --only worker] [--new-admin-token]]';
const BAD_USAGE = 64;

/**
 * Reads the command line.
 * @throws StartError for anything it does not know
 */
export function readArguments(args: readonly string[]): StartArguments {
  const { only, 'new-admin-token': newAdminToken } = parse(args);
  if (only !== undefined && only !== 'api' && only !== 'worker') {
    throw misuse(`--only takes api or worker, not "${only}"`);
  }
  if (newAdminToken && only === 'worker') {
    throw misuse('--new-admin-token needs the api, which --only worker leaves out');
  }
  return { api: only !== 'worker', worker: only !== 'api', newAdminToken };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: { only: { type: 'string' }, 'new-admin-token': { type: 'boolean', default: false } },
    }).values;
  } catch (error) {
    throw misuse(error instanceof Error ? error.message : String(error));
  }
}

function misuse(what: string): StartError {
  return new StartError(`${what} (${USAGE})`, BAD_USAGE);
}
