import type { ViewerPace } from '../../live/viewer-paces.ts';
import type { CameraFacts } from './facts.ts';
import { evidence, percent, shareOf } from './numbers.ts';
import type { Symptom } from './symptom.ts';

/** A viewer that misses this share of the frames is slow. */
const SLOW = 0.2;
/** Fewer missed frames a second than this are a hiccup. */
const FEW = 0.5;

const missedShare = ({ sent, missed }: ViewerPace): number => shareOf(missed, missed + sent);

/** Viewers who cannot take the pictures of a live camera as fast as they come. */
export function viewerSymptoms({ viewers, wanted }: CameraFacts): Symptom[] {
  const period = 1000 / wanted.live;
  const slow = viewers.filter(
    (viewer) =>
      viewer.missed >= FEW &&
      missedShare(viewer) >= SLOW &&
      // A viewer who acknowledges at once misses frames for other reasons.
      (viewer.acknowledgedMs ?? 0) >= period / 2,
  );
  if (slow.length === 0) return [];
  const worst = Math.max(...slow.map(missedShare));
  const waits = slow.map(({ acknowledgedMs }) => acknowledgedMs).filter((ms) => ms !== null);
  const all = slow.length === viewers.length;
  const who = all ? 'Each viewer' : `${String(slow.length)} of ${String(viewers.length)} viewers`;
  return [
    {
      limit: 'viewer',
      severity: all ? 'warning' : 'notice',
      // The others lose nothing, and everything else goes on.
      gain: 0.3 * worst * shareOf(slow.length, viewers.length),
      headline: `${who} of this camera cannot take its pictures as fast as they come; ${all ? 'detection loses nothing' : 'the others and detection lose nothing'}.`,
      evidence: [
        evidence('viewers', viewers.length, ''),
        evidence('slow viewers', slow.length, '', 0),
        evidence('frames missed by the slowest', percent(worst), '%', 100 * SLOW),
        evidence(
          'slowest acknowledgement',
          waits.length === 0 ? null : Math.max(...waits),
          'ms',
          period,
        ),
      ],
      advice:
        "Look at the viewer's network and browser, show it fewer cameras at a time, or lower the width or liveFps of this camera.",
    },
  ];
}
