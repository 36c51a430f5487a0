import { ended } from '@lookout/presence';
import type { CameraTurn, EventsRepository } from './events.repository.ts';

/** More are ended the next time. */
const AT_ONCE = 10_000;

/**
 * Ends events that are open by their rows though nobody knows of them any more: while the database
 * took nothing for long, their ends were shed.
 * @param isKnown - whether an event of that id goes on, or waits for being kept
 * @returns their ends
 */
export async function endForgotten(
  repository: Pick<EventsRepository, 'list' | 'keep'>,
  isKnown: (cameraId: string, eventId: string) => boolean,
): Promise<CameraTurn[]> {
  const turns: CameraTurn[] = [];
  for (const state of ['active', 'uncertain'] as const) {
    for (const event of await repository.list({ cameraIds: null, state, limit: AT_ONCE })) {
      const { id, cameraId, lastSeenAt } = event;
      if (!isKnown(cameraId, id)) turns.push({ cameraId, ...ended(event, lastSeenAt) });
    }
  }
  const events = turns.map(({ cameraId, stay }) => ({ cameraId, ...stay, snapshot: null }));
  if (turns.length > 0) await repository.keep({ memories: new Map(), events, turns });
  return turns;
}
