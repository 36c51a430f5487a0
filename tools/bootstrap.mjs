// The first lines that run: plain JavaScript, because the Node of this moment may be an old one
// and no package may be installed yet. Everything after it runs on the project's own Node.
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unknownSettings } from './bootstrap/environment.mjs';
import { installPackages, packagesAreCurrent } from './bootstrap/packages.mjs';
import { ownNode, isNodeNewEnough, nodeAdvice } from './bootstrap/node-version.mjs';
import { endWithNpm } from './bootstrap/parent.mjs';
import { relay } from './bootstrap/relay.mjs';

const COMMANDS = {
  start: 'tools/start/main.ts',
  test: 'tools/test/main.ts',
  models: 'tools/models/main.ts',
  bench: 'bench/main.ts',
  faults: 'faults/main.ts',
  screenshots: 'apps/dashboard-e2e/src/take-screenshots.ts',
};

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const [command = '', ...args] = process.argv.slice(2);
const main = Object.hasOwn(COMMANDS, command) ? resolve(root, COMMANDS[command]) : undefined;

process.chdir(root);
if (main === undefined) {
  refuse(`usage: node tools/bootstrap.mjs ${Object.keys(COMMANDS).join('|')} …`, 64);
}
if (process.platform === 'win32') {
  refuse('Lookout runs on Linux and macOS; on Windows use it inside WSL.', 78);
}
const unknown = unknownSettings(process.env);
if (unknown.length > 0) {
  const faults = unknown.map((name) => `${name} is not a setting of Lookout`);
  refuse(`Bad environment: ${faults.join('; ')}`, 78);
}
const advice = nodeAdvice();
if (advice !== undefined) refuse(advice, 78);

endWithNpm();
const installed = !packagesAreCurrent(root);
if (installed) await installPackages(root);

if (isNodeNewEnough() && !installed) {
  process.argv.splice(1, 2, main);
  await import(main);
} else {
  relay(ownNode(root), [main, ...args]);
}

function refuse(line, code) {
  console.error(line);
  process.exit(code);
}
