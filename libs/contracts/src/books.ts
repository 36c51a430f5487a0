import { z } from 'zod';

const count = z.int().min(0);

/**
 * Where every offered frame of a camera went, for one consumer group; one atomic reading. Always
 * `offered = delivered + overwritten + expired + waiting` and
 * `delivered = detected + failed + abandoned + processing`.
 */
export const groupBooksSchema = z.strictObject({
  /** Names this set of counters; a new one, with every count at zero, when Redis lost its memory. */
  id: z.string(),
  /** Accepted by the publishing script. */
  offered: count,
  /** Taken by a worker. */
  delivered: count,
  /** Replaced by a newer frame before anyone took them. */
  overwritten: count,
  /** Vanished from the mailbox by age before anyone took them. */
  expired: count,
  /** 1 while the mailbox holds a frame that the group has not taken. */
  waiting: count,
  /** Ended with a result. */
  detected: count,
  /** Ended with an error. */
  failed: count,
  /** Their worker died or their deadline passed. */
  abandoned: count,
  /** With a worker now. */
  processing: count,
});

/** A group's books with the frames that the camera's running capture has read. */
export const booksSchema = groupBooksSchema.extend({
  /** Frames captured since the api started to watch this camera. */
  captured: count,
});

/** Where every offered frame of a camera went, for one consumer group. */
export type GroupBooks = z.infer<typeof groupBooksSchema>;
/** A group's books with the frames that were captured. */
export type Books = z.infer<typeof booksSchema>;
