import type { GroupBooks } from '@lookout/contracts';
import { expect } from 'vitest';
import type { FrameMailbox } from '../frame-mailbox.ts';
import type { WorkerRoster } from '../worker-roster.ts';

/** A mailbox and roster under test, and power over their engine and time. */
export interface MailboxHarness {
  readonly mailbox: FrameMailbox;
  /** The same mailbox as another process sees it; a fake has only one. */
  readonly taker: FrameMailbox;
  readonly roster: WorkerRoster;
  /** Lets time go by. */
  pass(ms: number): Promise<void>;
  /** Ends the engine, with its memory. */
  lose(): Promise<void>;
  /** Brings an empty engine back. */
  find(): Promise<void>;
  /** Fills the engine's memory, or empties it of what filled it. */
  fill(full: boolean): Promise<void>;
  close(): Promise<void>;
}

/** Reads books that must be there, and checks both equations. */
export async function balanced(
  mailbox: FrameMailbox,
  cameraId: string,
  group = 'detector',
): Promise<GroupBooks> {
  const books = await mailbox.books(cameraId, group);
  if (books === null) throw new Error(`no books of ${cameraId} for ${group}`);
  expectBalance(books);
  return books;
}

/** Both equations of the contract. */
export function expectBalance(books: GroupBooks): void {
  const { offered, delivered, overwritten, expired, waiting } = books;
  const { detected, failed, abandoned, processing } = books;
  expect(delivered + overwritten + expired + waiting, JSON.stringify(books)).toBe(offered);
  expect(detected + failed + abandoned + processing, JSON.stringify(books)).toBe(delivered);
}
