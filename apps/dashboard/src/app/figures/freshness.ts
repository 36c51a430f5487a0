import type { CameraStatus, Freshness } from '@lookout/contracts';
import type { BoxStyle } from '../picture/overlay-painter.ts';
import type { LinkState } from '../server/live-socket.ts';
import type { IconName } from '../shell/icon-paths.ts';

/** How far the boxes of a camera can be trusted, as the page shows it: by colour, word and shape. */
export interface FreshnessView {
  readonly kind: Freshness;
  readonly word: string;
  readonly icon: IconName;
  /** Amber for what should be known and is not. */
  readonly tone: 'good' | 'amber' | 'quiet';
  /** Why it is not fresh, in words for a person; `null` when it is or was not wished for. */
  readonly reason: string | null;
  readonly boxes: BoxStyle;
}

export interface FreshnessInput {
  readonly link: LinkState;
  readonly status: CameraStatus | null;
  /** How long ago the status came. */
  readonly statusAgeMs: number;
  /** How long ago the frame of the newest result was captured; `null` without any. */
  readonly resultAgeMs: number | null;
  readonly staleAfterMs: number;
}

/** A status comes once a second; when none came for this long, the last one says nothing any more. */
const NEWS_TIMEOUT_MS = 5000;

/**
 * The server's word on freshness, lowered by what this browser knows better: that it heard nothing,
 * or that the newest result has grown old since. It is never raised.
 */
export function freshnessView(input: FreshnessInput): FreshnessView {
  const { status } = input;
  if (input.link !== 'connected') return unknown('There is no connection to Lookout.');
  if (status === null) return unknown('Nothing has been heard of this camera yet.');
  const { freshness, reason } = status.detection;
  // Nobody expects to know what a camera sees that was switched off: no reason for alarm.
  if (status.state === 'disabled' && freshness === 'unknown')
    return { ...unknown('This camera is switched off.'), ...NOT_LOOKED };
  if (freshness === 'off') return OFF;
  const old = input.resultAgeMs === null || input.resultAgeMs > input.staleAfterMs;
  if (old && input.statusAgeMs > NEWS_TIMEOUT_MS)
    return unknown('The server has sent no news of this camera for a while.');
  if (freshness === 'unknown') return unknown(reason ?? 'The server gives no reason.');
  if (freshness === 'stale' || old) return { ...STALE, reason: reason ?? STALE.reason };
  return FRESH;
}

const FRESH: FreshnessView = {
  kind: 'fresh',
  word: 'fresh',
  tone: 'good',
  icon: 'fresh',
  reason: null,
  boxes: 'solid',
};
const STALE: FreshnessView = {
  kind: 'stale',
  word: 'stale',
  tone: 'amber',
  icon: 'stale',
  reason: 'No new result has come for longer than one should take.',
  boxes: 'dashed',
};
const OFF: FreshnessView = {
  kind: 'off',
  word: 'detection off',
  tone: 'quiet',
  icon: 'off',
  reason: null,
  boxes: 'none',
};

const NOT_LOOKED = { word: 'not looked at', icon: 'off', tone: 'quiet' } as const;

function unknown(reason: string): FreshnessView {
  return {
    kind: 'unknown',
    word: 'unknown',
    icon: 'unknown',
    tone: 'amber',
    reason,
    boxes: 'none',
  };
}
