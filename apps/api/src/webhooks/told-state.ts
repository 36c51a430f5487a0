import type { StateChange } from './outgoing-message.ts';

/** The word that a change of state comes down to. */
export function valueOf(told: StateChange['told']): string {
  return told.type === 'camera.state' ? told.data.state : told.data.freshness;
}
