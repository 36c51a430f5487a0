import { ManualClock } from '@lookout/timing';
import { frameMailboxConformance } from './conformance/frame-mailbox.conformance.ts';
import type { MailboxHarness } from './conformance/mailbox-harness.ts';
import { workerRosterConformance } from './conformance/worker-roster.conformance.ts';
import { MemoryFrameMailbox } from './memory-frame-mailbox.ts';
import { MemoryWorkerRoster } from './memory-worker-roster.ts';

function open(): Promise<MailboxHarness> {
  const clock = new ManualClock();
  const roster = new MemoryWorkerRoster(clock);
  const mailbox = new MemoryFrameMailbox(clock, roster);
  const setAway = (away: boolean) => {
    mailbox.setAway(away);
    roster.setAway(away);
    return Promise.resolve();
  };
  return Promise.resolve({
    mailbox,
    taker: mailbox,
    roster,
    pass: (ms) => clock.advanceAsync(ms),
    lose: () => setAway(true),
    find: () => setAway(false),
    fill: (full) => {
      mailbox.setFull(full);
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  });
}

frameMailboxConformance('MemoryFrameMailbox', open, { runs: 500, pauses: [1, 14, 16, 40, 1600] });
workerRosterConformance('MemoryWorkerRoster', open);
