import { describe } from 'vitest';
import { absenceConformance } from './absence.conformance.ts';
import { booksConformance } from './books.conformance.ts';
import { booksProperty, type PropertyOptions } from './books.property.ts';
import { deliveryConformance } from './delivery.conformance.ts';
import type { MailboxHarness } from './mailbox-harness.ts';
import { registrationConformance } from './registration.conformance.ts';
import { turnsConformance } from './turns.conformance.ts';

/** What every adapter of `FrameMailbox` must do. */
export function frameMailboxConformance(
  name: string,
  open: () => Promise<MailboxHarness>,
  property: PropertyOptions,
): void {
  describe(`${name} is a frame mailbox`, () => {
    deliveryConformance(open);
    turnsConformance(open);
    booksConformance(open);
    registrationConformance(open);
    absenceConformance(open);
    booksProperty(open, property);
  });
}
