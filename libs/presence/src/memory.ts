/** Place of a frame among those of its camera; order is (epoch, sequence). */
export interface Position {
  readonly epoch: number;
  readonly sequence: number;
}

/** One label in one look. */
export interface Sighting {
  readonly label: string;
  /** How many were seen at once, at least 1. */
  readonly count: number;
  /** Of the surest of them, 0 to 1. */
  readonly confidence: number;
}

/** A frame that was looked at, and everything that was seen in it: none is "looked, and saw nothing". */
export interface Look extends Position {
  /** Capture, in ms since the Unix epoch. */
  readonly at: number;
  /**
   * Whether it came when it was stale already: it shows what was there then, and says nothing of now.
   */
  readonly late: boolean;
  readonly sightings: readonly Sighting[];
}

/** What makes and ends an event; may differ from look to look. */
export interface PresenceRules {
  /** An event starts when its label was in this many of the last `window` looks. */
  readonly minHits: number;
  readonly window: number;
  /** It ends when its label was in no look for this long, in ms; times without sight don't count. */
  readonly endAfterMs: number;
  /** How long a look says what is there, in ms. Looks further apart have a gap between them. */
  readonly staleAfterMs: number;
  /** Whether anybody wants events of this label. */
  watches(label: string): boolean;
}

/** The look in which a label was seen surest. */
export interface BestLook extends Position {
  /** Capture, in ms since the Unix epoch. */
  readonly at: number;
  readonly confidence: number;
}

/** A time without looks, in ms since the Unix epoch. */
export interface Blindness {
  /** Of the last look before. */
  readonly from: number;
  /** Of the first look after; `null` while it lasts. */
  readonly to: number | null;
  /** Why, in words for a person. */
  readonly reason: string;
}

/** Why nobody can look. */
export interface Blind {
  /** In words for a person. */
  readonly reason: string;
  /** Whether looks only come too late or too rarely; then the last one said for a while what is there. */
  readonly late: boolean;
}

/** One stay of a label in front of a camera. Moments are in ms since the Unix epoch. */
export interface Stay {
  readonly id: string;
  readonly label: string;
  readonly state: 'active' | 'uncertain' | 'ended';
  /** Of the first look that counted towards it. */
  readonly startedAt: number;
  readonly lastSeenAt: number;
  readonly endedAt: number | null;
  readonly maxCount: number;
  /** Number of looks that it was in. */
  readonly results: number;
  readonly best: BestLook;
  /** The longest 100, in order; the last is open while the stay is `uncertain`. */
  readonly gaps: readonly Blindness[];
}

/** Something that happened to a stay; `seen` changes no state. */
export interface Turn {
  readonly kind: 'started' | 'seen' | 'uncertain' | 'resumed' | 'ended';
  readonly stay: Stay;
}

/** A look in which a label was seen. */
export interface Hit extends Position {
  readonly at: number;
  readonly count: number;
  readonly confidence: number;
}

/** What is remembered of one label. */
export interface LabelMemory {
  readonly label: string;
  /** Newest looks, oldest first; `null` where the label was not seen. */
  readonly looks: readonly (Hit | null)[];
  /** Gaps between those of the looks that a stay may start with. */
  readonly gaps: readonly Blindness[];
  readonly stay: Stay | null;
  /** How long it was looked for in vain since it was last seen, in ms of sight. */
  readonly absentMs: number;
}

/** Everything that is remembered of one camera: plain data, fit for JSON. */
export interface PresenceMemory {
  /** The newest frame that was heard of; older ones are ignored. */
  readonly position: Position | null;
  /** The capture of the newest look that was not late, in ms since the Unix epoch. */
  readonly lookedAt: number | null;
  /** `null` while somebody can look. */
  readonly blind: Blind | null;
  readonly labels: readonly LabelMemory[];
}

/** A memory and what has just happened. */
export interface Step {
  readonly memory: PresenceMemory;
  readonly turns: readonly Turn[];
}

/** The memory of a camera that nobody has looked through yet. */
export const NOTHING_SEEN: PresenceMemory = {
  position: null,
  lookedAt: null,
  blind: null,
  labels: [],
};
