import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

const setupLockFile = (root) => resolve(root, '.setup.lock');

/**
 * Takes a lock that is a file naming its holder. A holder that is gone, or whose number belongs to
 * another process now, does not count.
 * @returns `{ release }`, or `{ holder }` with the number of the process that has it
 */
export function tryLock(file) {
  const mine = identity(process.pid);
  const draft = `${file}.${process.pid}`;
  for (;;) {
    writeFileSync(draft, mine);
    try {
      // A link appears with its content, so that nobody reads a half-written lock.
      linkSync(draft, file);
      return { release: holdUntilExit(file, mine) };
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    } finally {
      rmSync(draft, { force: true });
    }
    const theirs = read(file);
    const holder = Number.parseInt(theirs ?? '', 10);
    if (theirs !== undefined && identity(holder) === theirs) return { holder };
    if (theirs !== undefined) removeStale(file, theirs);
  }
}

/** Takes the lock of this checkout's set-up; waits while another process sets it up. */
export async function waitForLock(root, say, isStopped) {
  for (let told = false; !isStopped(); told = true) {
    const attempt = tryLock(setupLockFile(root));
    if (attempt.release) return attempt;
    if (!told) say(`waiting for process ${attempt.holder}, which is setting up this checkout`);
    await new Promise((wake) => setTimeout(wake, 300));
  }
  return undefined;
}

function holdUntilExit(file, mine) {
  const release = () => {
    process.off('exit', release);
    if (read(file) === mine) rmSync(file, { force: true });
  };
  process.on('exit', release);
  return release;
}

/** Takes a stale lock away, unless somebody else did so and holds the new one. */
function removeStale(file, stale) {
  const aside = `${file}.${process.pid}.stale`;
  try {
    renameSync(file, aside);
    if (read(aside) !== stale) linkSync(aside, file);
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

/** Names one run of a process: its number, and where that can be told its moment of start. */
function identity(pid) {
  if (!Number.isInteger(pid)) return undefined;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== 'EPERM') return undefined;
  }
  const stat = read(`/proc/${pid}/stat`);
  const [state, ...fields] = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? [];
  if (state === 'Z') return undefined;
  return `${pid} ${fields[18] ?? ''}\n`;
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
