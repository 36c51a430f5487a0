import type { DetectionSettings, Frame, GroupBooks } from '@lookout/contracts';

/** The group of consumers that runs object detection. */
export const DETECTOR_GROUP = 'detector';

/** What a mailbox needs to know of a camera before it accepts its frames. */
export interface MailboxCamera {
  readonly cameraId: string;
  /** Groups whose cursors and books begin at this registration. */
  readonly groups: readonly string[];
  /** A frame that nobody took vanishes after this time. */
  readonly expiryMs: number;
  /**
   * Handed to whoever takes a frame, so that a change counts from the next frame on; so do its
   * `weight` and `minFps`, by which the mailbox gives turns.
   */
  readonly detection: DetectionSettings;
}

/** `repeated`: a frame not newer than the last one (by epoch, then sequence) was ignored. */
export type PublishOutcome = 'accepted' | 'repeated';

/** Proof that a frame was taken, to settle it with. */
export interface Ticket {
  readonly id: string;
  readonly cameraId: string;
  readonly group: string;
}

/** A frame that belongs to its taker until it is settled. */
export interface TakenFrame {
  readonly ticket: Ticket;
  readonly frame: Frame;
  readonly detection: DetectionSettings;
}

/** Who takes, and for how long. */
export interface Lease {
  readonly group: string;
  /**
   * Id under which the taker beats in the roster; when it stops, what it holds is abandoned. A take is
   * a sign of life too, as good as a beat.
   */
  readonly worker: string;
  /** After this time what it holds is abandoned though it still beats. */
  readonly deadlineMs: number;
  /** Whose frames it takes; those of all cameras of the group when it says nothing. */
  readonly cameraIds?: readonly string[];
  /**
   * Models that it has ready, `null` for the default one: for another it is told `ModelNotReady`. Any
   * when it says nothing.
   */
  readonly models?: readonly (string | null)[];
}

/**
 * One slot per camera, overwritten by each newer frame: a group of consumers always gets the newest
 * frame, never an old one, its cameras get turns by weight and minimum rate (see `nextTurn`), and what
 * each group missed is counted. Hides the engine that holds the slots. Whoever made the connection
 * closes it.
 *
 * Every method settles the books in the same atomic step as what it does, and rejects with
 * `MailboxUnavailable` when the engine cannot be reached in time; a publish that is rejected may or
 * may not have happened, is not tried again, and leaves both equations of the books true.
 */
export interface FrameMailbox {
  /**
   * Makes the camera known or replaces what is known of it. Cursors and books of groups it had go on;
   * those of groups that are named no more end. A registration or removal that is rejected is
   * remembered, and made good before the next publish; so is one that the engine has forgotten.
   */
  register(camera: MailboxCamera): Promise<void>;
  /** Forgets the camera, its frame, cursors and books at once. */
  remove(cameraId: string): Promise<void>;
  /**
   * Ids of all cameras that the engine knows for this group, in no particular order: also those that
   * another process registered, or this one's predecessor and never removed.
   */
  cameras(group: string): Promise<string[]>;
  /**
   * Overwrites the camera's slot.
   * @throws MailboxRefused when the engine is there but will not take the frame (its memory is full,
   *   or the camera was never registered)
   */
  publish(frame: Frame): Promise<PublishOutcome>;
  /**
   * Takes the newest frame of the camera whose turn it is, among those that have one for this group;
   * `null`: none has. The group's workers share the turns: under overload every camera's rate
   * falls in proportion to its weight, but not below its minimum while those can be kept.
   * @throws ModelNotReady when the camera whose turn it is wants a model that the taker does not have
   *   ready; its frame and its turn stay, since a frame that is taken first grows old meanwhile
   */
  take(lease: Lease): Promise<TakenFrame | null>;
  /** Ends a taken frame. `late`: it was abandoned before, and its result must not be shown as on time. */
  settle(ticket: Ticket, outcome: 'detected' | 'failed'): Promise<'settled' | 'late'>;
  /** One atomic reading of a group's books; `null`: this camera or group is not registered. */
  books(cameraId: string, group: string): Promise<GroupBooks | null>;
  /**
   * Rings after publishes, to spare a taker the wait for its next poll. A ring may be missing or
   * stand for several: polling alone must also do.
   * @returns stops the ringing
   */
  onDoorbell(ring: () => void): Promise<() => Promise<void>>;
}

/** The engine behind a mailbox or roster did not answer in time. */
export class MailboxUnavailable extends Error {
  override readonly name = 'MailboxUnavailable';
}

/** The camera whose turn it is wants a model that the taker does not have ready. */
export class ModelNotReady extends Error {
  override readonly name = 'ModelNotReady';

  /** `null`: the default one. */
  readonly model: string | null;

  /** @param model - `null`: the default one */
  constructor(model: string | null) {
    super(`the ${model === null ? 'default model' : `model ${model}`} is not ready`);
    this.model = model;
  }
}

/** The engine behind a mailbox is there but will not take the frame. */
export class MailboxRefused extends Error {
  override readonly name = 'MailboxRefused';
}
