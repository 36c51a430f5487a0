import type { CameraStatus } from '@lookout/contracts';
import type { IconName } from '../shell/icon-paths.ts';
import { formatMoment } from '../figures/age.ts';

/** What stands over a picture that is not to be trusted: what happened, since when, what now. */
export interface CameraBanner {
  readonly tone: 'amber' | 'red' | 'quiet';
  readonly icon: IconName;
  readonly title: string;
  readonly reason: string | null;
  /** What Lookout does about it, and what the person can do. */
  readonly advice: string;
}

/** The banner of a camera that is not live; `null` for one that is. */
export function cameraBanner(status: CameraStatus | null, now: number): CameraBanner | null {
  if (status === null || status.state === 'live') return null;
  const since = `since ${formatMoment(Date.parse(status.since), now)}`;
  const reason = status.reason;
  switch (status.state) {
    case 'starting':
      return {
        tone: 'quiet',
        icon: 'waiting',
        title: 'Starting',
        reason,
        advice: 'The first picture follows in a moment.',
      };
    case 'stalled':
      return {
        tone: 'amber',
        icon: 'stale',
        title: `No pictures ${since}`,
        reason,
        advice: 'Lookout connects again by itself if none come.',
      };
    case 'reconnecting':
      return {
        tone: 'amber',
        icon: 'waiting',
        title: `Reconnecting ${since}`,
        reason,
        advice: 'Lookout keeps trying by itself. Check the camera if this lasts.',
      };
    case 'failed':
      return {
        tone: 'red',
        icon: 'failed',
        title: `Failed ${since}`,
        reason,
        advice: 'Put the source right; Lookout looks again every few seconds.',
      };
    case 'disabled':
      return { tone: 'quiet', icon: 'off', title: 'Switched off', reason, advice: '' };
  }
}
