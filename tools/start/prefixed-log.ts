import type { Readable } from 'node:stream';
import { createInterface } from 'node:readline';

/** Writes one line of one process, under its name. */
export type LogLine = (name: string, line: string) => void;

/** Writes lines as `name | line`, with the names in a column as wide as the longest of them. */
export function prefixedLog(names: readonly string[], write: (text: string) => void): LogLine {
  const width = Math.max(...names.map((name) => name.length));
  return (name, line) => {
    write(`${name.padEnd(width)} | ${line}\n`);
  };
}

/** Cuts a child's output into lines. A last line without an end counts as one. */
export function eachLine(stream: Readable, take: (line: string) => void): void {
  createInterface({ input: stream, crlfDelay: Infinity }).on('line', take);
}
