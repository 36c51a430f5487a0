import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { TakenFrame } from '../frame-mailbox.ts';
import { camera, frame, presence } from './frames.ts';
import { balanced, type MailboxHarness } from './mailbox-harness.ts';

/** How much of the property test an adapter's speed allows. */
export interface PropertyOptions {
  readonly runs: number;
  /** Times in ms that may go by between two steps. */
  readonly pauses: readonly number[];
}

type Step =
  | { readonly do: 'publish'; readonly camera: number; readonly ahead: number }
  | {
      readonly do: 'take';
      readonly group: number;
      readonly worker: number;
      readonly hasty: boolean;
    }
  | { readonly do: 'settle'; readonly which: number; readonly well: boolean }
  | { readonly do: 'pass'; readonly ms: number }
  | { readonly do: 'beat' | 'leave'; readonly worker: number }
  | { readonly do: 'register'; readonly camera: number };

const GROUPS = ['detector', 'archive'];
const EXPIRY_MS = 30;

function steps(pauses: readonly number[]): fc.Arbitrary<Step[]> {
  const camera = fc.nat({ max: 1 });
  const worker = fc.nat({ max: 1 });
  const group = fc.nat({ max: 1 });
  return fc.array(
    fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({ do: fc.constant('publish'), camera, ahead: fc.nat({ max: 2 }) }),
      },
      {
        weight: 6,
        arbitrary: fc.record({ do: fc.constant('take'), group, worker, hasty: fc.boolean() }),
      },
      {
        weight: 4,
        arbitrary: fc.record({ do: fc.constant('settle'), which: fc.nat(), well: fc.boolean() }),
      },
      {
        weight: 2,
        arbitrary: fc.record({ do: fc.constant('pass'), ms: fc.constantFrom(...pauses) }),
      },
      { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('beat', 'leave'), worker }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('register'), camera }) },
    ),
    { minLength: 1, maxLength: 40 },
  );
}

/** What the test itself saw happen in one group of one camera. */
class Ledger {
  offered = 0;
  detected = 0;
  failed = 0;
  readonly sequences: number[] = [];
}

class Run {
  readonly #h: MailboxHarness;
  readonly #cameras: readonly string[];
  readonly #newest: number[] = [-1, -1];
  readonly #held: TakenFrame[] = [];
  readonly #ledgers = new Map<string, Ledger>();

  constructor(h: MailboxHarness, name: string) {
    this.#h = h;
    this.#cameras = [`${name}-a`, `${name}-b`];
  }

  async begin(): Promise<void> {
    for (const id of this.#cameras) await this.#register(id);
  }

  async end(): Promise<void> {
    for (const id of this.#cameras) await this.#h.mailbox.remove(id);
  }

  async step(step: Step): Promise<void> {
    switch (step.do) {
      case 'publish':
        return this.#publish(step.camera, step.ahead);
      case 'take':
        return this.#take(step);
      case 'settle':
        return this.#settle(step.which, step.well);
      case 'pass':
        return this.#h.pass(step.ms);
      case 'beat':
        return this.#h.roster.beat(presence(`w${String(step.worker)}`));
      case 'leave':
        return this.#h.roster.leave(`w${String(step.worker)}`);
      case 'register':
        return this.#register(this.#camera(step.camera));
    }
  }

  async check(): Promise<void> {
    for (const id of this.#cameras) {
      for (const group of GROUPS) {
        const books = await balanced(this.#h.mailbox, id, group);
        const { offered, detected, failed, sequences } = this.#ledger(id, group);
        expect(books).toMatchObject({ offered, delivered: sequences.length, detected, failed });
        expect(sequences).toEqual([...new Set(sequences)].sort((a, b) => a - b));
      }
    }
  }

  async #publish(index: number, ahead: number): Promise<void> {
    const sequence = (this.#newest[index] ?? -1) + ahead;
    if (sequence < 0) return;
    const outcome = await this.#h.mailbox.publish(frame(this.#camera(index), sequence));
    expect(outcome).toBe(ahead === 0 ? 'repeated' : 'accepted');
    if (ahead === 0) return;
    this.#newest[index] = sequence;
    for (const group of GROUPS) this.#ledger(this.#camera(index), group).offered += 1;
  }

  async #take(step: Step & { do: 'take' }): Promise<void> {
    const group = GROUPS[step.group] ?? '';
    const deadlineMs = step.hasty ? 15 : 3_600_000;
    const lease = { group, worker: `w${String(step.worker)}`, deadlineMs };
    const taken = await this.#h.taker.take({ ...lease, cameraIds: this.#cameras });
    if (taken === null) return;
    const { cameraId, sequence } = taken.frame;
    expect(sequence).toBe(this.#newest[this.#cameras.indexOf(cameraId)]);
    this.#held.push(taken);
    this.#ledger(cameraId, group).sequences.push(sequence);
  }

  /** Also of a frame that was settled or abandoned before. */
  async #settle(which: number, well: boolean): Promise<void> {
    const held = this.#held[which % Math.max(1, this.#held.length)];
    if (held === undefined) return;
    const outcome = well ? 'detected' : 'failed';
    const { ticket } = held;
    if ((await this.#h.taker.settle(ticket, outcome)) === 'late') return;
    this.#ledger(ticket.cameraId, ticket.group)[outcome] += 1;
  }

  async #register(id: string): Promise<void> {
    await this.#h.mailbox.register(camera(id, { groups: GROUPS, expiryMs: EXPIRY_MS }));
  }

  #camera(index: number): string {
    return this.#cameras[index] ?? '';
  }

  #ledger(cameraId: string, group: string): Ledger {
    const key = `${cameraId} ${group}`;
    const ledger = this.#ledgers.get(key) ?? new Ledger();
    this.#ledgers.set(key, ledger);
    return ledger;
  }
}

/** Whatever happens in whatever order, the books are right at each step. */
export function booksProperty(open: () => Promise<MailboxHarness>, options: PropertyOptions): void {
  it('keeps exact books through anything that may happen', { timeout: 120_000 }, async () => {
    const h = await open();
    let runs = 0;
    try {
      await fc.assert(
        fc.asyncProperty(steps(options.pauses), async (sequence) => {
          const run = new Run(h, `run${String((runs += 1))}`);
          await run.begin();
          for (const step of sequence) {
            await run.step(step);
            await run.check();
          }
          await run.end();
        }),
        { numRuns: options.runs },
      );
    } finally {
      await h.close();
    }
  });
}
