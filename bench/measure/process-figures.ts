import { readdirSync, readFileSync } from 'node:fs';

/** Memory that a process has in use (resident set), in bytes; NaN when it is gone. */
export function memoryBytes(pid: number): number {
  try {
    const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) * 1024;
  } catch {
    return NaN;
  }
}

/** Files, sockets and pipes that a process has open; NaN when it is gone. */
export function openHandles(pid: number): number {
  try {
    return readdirSync(`/proc/${String(pid)}/fd`).length;
  } catch {
    return NaN;
  }
}

/** Files below a folder, at any depth; 0 when there is no such folder. */
export function filesBelow(folder: string): number {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => !entry.isDirectory()).length;
  } catch {
    return 0;
  }
}
