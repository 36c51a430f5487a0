import { CHILD_BEAT_MS, type ChildMessage } from '@lookout/contracts';

/** Tells the supervisor that started this process, if one did; resolves when it is on its way. */
export function tellSupervisor(message: ChildMessage): Promise<void> {
  return new Promise((resolve) => {
    if (!process.connected || process.send === undefined) resolve();
    else
      process.send(message, undefined, undefined, () => {
        resolve();
      });
  });
}

/** Tells the supervisor, if there is one, again and again that this process does not stand still. */
export function beatForSupervisor(): void {
  if (!process.connected) return;
  setInterval(() => void tellSupervisor({ type: 'alive' }), CHILD_BEAT_MS).unref();
}
