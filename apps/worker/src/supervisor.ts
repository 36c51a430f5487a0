import type { ChildMessage } from '@lookout/contracts';

/** Tells the supervisor that started this process, if one did. */
export function tellSupervisor(message: ChildMessage): void {
  if (process.connected) process.send?.(message);
}
