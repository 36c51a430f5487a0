import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, resolve } from 'node:path';
import { waitForLock } from './lock.mjs';
import { ownNode } from './node-version.mjs';

const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Whether the installed packages are those of the lock file. npm writes its own list of what is
 * installed last of all, so an install that was cut short has none.
 */
export function packagesAreCurrent(root) {
  const hidden = resolve(root, 'node_modules/.package-lock.json');
  if (!existsSync(hidden) || !existsSync(ownNode(root))) return false;
  const { packages: installed } = JSON.parse(readFileSync(hidden, 'utf8'));
  const { packages: wanted } = JSON.parse(readFileSync(resolve(root, 'package-lock.json'), 'utf8'));
  return Object.entries(wanted).every(([path, { version, resolved, optional }]) => {
    if (!path.startsWith('node_modules/')) return true;
    const present = installed[path];
    if (present === undefined) return optional === true;
    return present.version === version && present.resolved === resolved;
  });
}

/**
 * Installs the lock file's packages, alone in this checkout. Stopped by a signal, it lets npm
 * finish, since a half-installed tree is of no use, and then ends the process.
 */
export async function installPackages(root) {
  let stoppedBy;
  const stop = (signal) => {
    if (stoppedBy === undefined) say(`${signal}: stopping after this step`);
    stoppedBy ??= signal;
  };
  for (const signal of STOP_SIGNALS) process.on(signal, stop);
  const lock = await waitForLock(root, say, () => stoppedBy !== undefined);
  try {
    if (stoppedBy === undefined && !packagesAreCurrent(root)) await runNpmCi(root);
  } catch (error) {
    say(`failed: ${error.message}`);
    lock?.release();
    process.exit(1);
  }
  lock?.release();
  for (const signal of STOP_SIGNALS) process.off(signal, stop);
  if (stoppedBy !== undefined) process.kill(process.pid, stoppedBy);
}

async function runNpmCi(root) {
  const began = Date.now();
  say('installing with npm ci, about a minute');
  const still = setInterval(() => say(`still installing (${seconds(began)})`), 15_000);
  try {
    await npmCi(root);
  } finally {
    clearInterval(still);
  }
  say(`done (${seconds(began)})`);
}

function npmCi(root) {
  // Not NODE_ENV's business: the build needs the development packages too.
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
  const [program, ...before] = npmCommand(root);
  return new Promise((done, fail) => {
    // In a process group of its own, so that Ctrl-C in the terminal does not reach it.
    const npm = spawn(program, [...before, ...args, '--loglevel=error'], {
      cwd: root,
      detached: true,
      env: npmEnvironment(root),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const keep = (chunk) => (output = (output + chunk).slice(-4000));
    npm.stdout.on('data', keep);
    npm.stderr.on('data', keep);
    npm.on('error', (error) => fail(new Error(`npm cannot be run (${error.message})`)));
    npm.on('close', (code, signal) => {
      if (code === 0) done();
      else fail(new Error(`npm ci ended with ${code ?? signal}\n${output.trim()}`));
    });
  });
}

/** The npm that started us, on the Node that it runs on: the one in node_modules is being replaced. */
function npmCommand(root) {
  const { npm_execpath: cli, npm_node_execpath: node } = process.env;
  if (cli === undefined || !existsSync(cli)) return ['npm'];
  const own = resolve(root, 'node_modules');
  return [node !== undefined && !node.startsWith(own) ? node : 'node', cli];
}

function npmEnvironment(root) {
  const environment = { ...process.env };
  for (const name of Object.keys(environment)) {
    if (/^npm_(?!config_)/.test(name)) delete environment[name];
  }
  const own = resolve(root, 'node_modules');
  const path = (environment.PATH ?? '').split(delimiter);
  environment.PATH = path.filter((entry) => !entry.startsWith(own)).join(delimiter);
  return environment;
}

function seconds(began) {
  return `${Math.round((Date.now() - began) / 1000)} s`;
}

function say(line) {
  console.log(`set-up | packages: ${line}`);
}
