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
  /** What an MQTT broker was told of; an empty label stands for the camera itself. */
  mqttSensors: { cameraId: string; label: string };
  webhooks: {
    id: string;
    url: string;
    /** JSON of a list of `WebhookType`. */
    types: string;
    /** JSON of a list of ids; `null`: all cameras. */
    cameraIds: string | null;
    /** JSON of a list; `null`: all labels. */
    labels: string | null;
    enabled: number;
    disabledReason: string | null;
    /** JSON of a `SealedText` of a list of `WebhookSecret`. */
    secrets: string;
    createdAt: number;
    updatedAt: number;
  };
  /** Kept while a delivery needs it. `body` is JSON of a `WebhookMessage`. */
  webhookMessages: { id: string; type: string; cameraId: string | null; body: string };
  webhookDeliveries: {
    sequence: Generated<number>;
    id: string;
    webhookId: string;
    messageId: string;
    /** Only the first that waits in a webhook's line is ever on its way: a camera's id, or its own. */
    line: string;
    state: string;
    attempts: number;
    createdAt: number;
    lastAttemptAt: number | null;
    nextAttemptAt: number | null;
    answerStatus: number | null;
    answerMs: number | null;
    reason: string | null;
  };
  /** What webhooks were told last of each camera. */
  toldStates: { cameraId: string; type: string; value: string };
  /** What must be remembered though its trace is gone, such as "a camera was ever inserted". */
  facts: { name: string };
}
