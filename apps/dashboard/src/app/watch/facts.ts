import type { FreshnessView } from '../figures/freshness.ts';

/** What the page says of one camera besides its picture; renewed twice a second. */
export interface Facts {
  /** Pictures a second, counted here as they arrive. */
  readonly rate: number;
  readonly freshness: FreshnessView;
  /** How long ago the frame of the newest result was captured. */
  readonly seenMs: number | null;
  /** Age of the newest picture when it was drawn; its age now, once no newer one follows. */
  readonly pictureMs: number | null;
  /** When the newest picture was captured, in ms of the server's wall clock. */
  readonly pictureAt: number | null;
  /** Age of the newest result when it arrived here. */
  readonly resultMs: number | null;
  /** What the newest result holds, most first. */
  readonly seen: readonly { readonly label: string; readonly count: number }[];
  /** Pictures of the live stream that did not reach this browser or could not be read. */
  readonly missedHere: number;
}
