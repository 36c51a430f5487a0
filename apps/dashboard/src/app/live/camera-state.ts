import type { CameraStatus } from '@lookout/contracts';
import type { Tone } from '../shell/connection.ts';
import type { IconName } from '../shell/icon-paths.ts';

/** A camera's state as a word, a shape and a tone. */
export interface StateView {
  readonly word: string;
  readonly icon: IconName;
  readonly tone: Tone;
}

/** @param news - what is known now; `null` without a connection, or before the first word */
export function stateView(news: CameraStatus | null): StateView {
  switch (news?.state) {
    case undefined:
      return { word: 'not known', icon: 'unknown', tone: 'quiet' };
    case 'live':
      return { word: 'live', icon: 'live', tone: 'good' };
    case 'starting':
      return { word: 'starting', icon: 'waiting', tone: 'quiet' };
    case 'stalled':
      return { word: 'stalled', icon: 'stale', tone: 'amber' };
    case 'reconnecting':
      return { word: 'reconnecting', icon: 'waiting', tone: 'amber' };
    case 'failed':
      return { word: 'failed', icon: 'failed', tone: 'red' };
    case 'disabled':
      return { word: 'off', icon: 'off', tone: 'quiet' };
  }
}
