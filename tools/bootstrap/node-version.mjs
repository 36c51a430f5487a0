import { resolve } from 'node:path';

const LOWEST = [24, 15];

export function isNodeNewEnough() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  return major > LOWEST[0] || (major === LOWEST[0] && minor >= LOWEST[1]);
}

/** Where npm puts a current Node, on the platforms for which one is published. */
function comesWithNode() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return false;
  return process.report.getReport().header.glibcVersionRuntime !== undefined;
}

/** The Node to go on with once packages are installed. */
export function ownNode(root) {
  return comesWithNode() ? resolve(root, 'node_modules/.bin/node') : process.execPath;
}

/** One line for a person whose Node cannot run Lookout; `undefined` when all is well. */
export function nodeAdvice() {
  if (isNodeNewEnough() || comesWithNode()) return undefined;
  const system = `${process.platform} ${process.arch}`;
  return `Lookout needs Node ${LOWEST.join('.')} or newer on ${system}; this is Node ${process.versions.node}. Get it from https://nodejs.org/ and try again.`;
}
