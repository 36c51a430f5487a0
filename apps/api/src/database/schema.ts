import type { Generated } from 'kysely';

/** The tables, as Kysely sees them. Moments are ms since the Unix epoch; JSON is kept as text. */
export interface Tables {
  cameras: {
    id: string;
    name: string;
    enabled: number;
    /** JSON of a `Source`. */
    source: string;
    captureFps: number;
    liveFps: number;
    detectFps: number;
    /** JSON of `FrameSettings`. */
    frame: string;
    /** JSON of `DetectionSettings`. */
    detection: string;
    version: number;
    createdAt: number;
    updatedAt: number;
  };
  /** Outlives its camera, so that no epoch is ever used twice for an id. */
  cameraEpochs: { cameraId: string; epoch: number };
  tokens: {
    id: string;
    name: string;
    role: string;
    hash: string;
    createdAt: number;
    /** JSON of a list of ids; `null`: all cameras. */
    cameraIds: string | null;
    lastUsedAt: number | null;
  };
  sessions: { hash: string; tokenHash: string; expiresAt: number };
  audit: {
    id: Generated<number>;
    at: number;
    action: string;
    subject: string | null;
    tokenId: string | null;
    name: string | null;
    address: string;
    /** JSON of a list of paths. */
    fields: string;
  };
  events: {
    id: string;
    /** Outlives its camera. */
    cameraId: string;
    label: string;
    state: string;
    startedAt: number;
    lastSeenAt: number;
    endedAt: number | null;
    maxCount: number;
    results: number;
    /** JSON of a `BestLook`. */
    best: string;
    /** JSON of a list of `Blindness`. */
    gaps: string;
    /** JSON of a `StoredSnapshot`. */
    snapshot: string | null;
  };
  /** What the events of a camera go on from: JSON of a `PresenceMemory`. */
  presence: { cameraId: string; memory: string };
  /** What must be remembered though its trace is gone, such as "a camera was ever inserted". */
  facts: { name: string };
}
