import type { CameraState, Freshness } from '@lookout/contracts';

/** Everything that decides how far the newest detections can be trusted. */
export interface FreshnessFacts {
  readonly detectionEnabled: boolean;
  readonly captureState: CameraState;
  /** Why nothing is known of the detector; `null` while Redis answers. */
  readonly away: string | null;
  readonly workersAlive: number;
  /** How the newest inference went wrong; `null` when it did not. */
  readonly trouble: string | null;
  /** Since the capture of the newest result's frame, in ms; `null`: no result in this capture yet. */
  readonly resultAgeMs: number | null;
  readonly staleAfterMs: number;
}

export interface FreshnessVerdict {
  readonly freshness: Freshness;
  /** Why it is not fresh, in words for a person. */
  readonly reason: string | null;
}

/** The first that holds of off, unknown, stale and fresh: a doubt is never shown as "no objects". */
export function judgeFreshness(facts: FreshnessFacts): FreshnessVerdict {
  if (!facts.detectionEnabled) {
    return { freshness: 'off', reason: 'Detection is switched off for this camera.' };
  }
  const doubt = doubtOf(facts);
  if (doubt !== null) return { freshness: 'unknown', reason: doubt };
  const age = facts.resultAgeMs ?? 0;
  if (age > facts.staleAfterMs) {
    return { freshness: 'stale', reason: `The newest result is ${seconds(age)} s old.` };
  }
  return { freshness: 'fresh', reason: null };
}

function doubtOf(facts: FreshnessFacts): string | null {
  if (facts.captureState !== 'live') return `The camera is ${facts.captureState}.`;
  if (facts.away !== null) return facts.away;
  if (facts.workersAlive === 0) return 'No worker is running.';
  if (facts.trouble !== null) return facts.trouble;
  if (facts.resultAgeMs === null) return 'There is no result yet.';
  return null;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(1);
}
