export interface Lock {
  release(): void;
  holder?: undefined;
}
export interface Held {
  /** The process that has it. */
  holder: number;
  release?: undefined;
}
export function tryLock(file: string): Lock | Held;
export function waitForLock(
  root: string,
  say: (line: string) => void,
  isStopped: () => boolean,
): Promise<Lock | undefined>;
