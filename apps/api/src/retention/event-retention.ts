import type { DoomedEvent, Retention, RetentionReason } from '@lookout/contracts';
import type { Clock } from '@lookout/timing';
import { Logger } from '@nestjs/common';
import type { EventPictures, PictureFile } from '../events/event-pictures.ts';
import type { KeptEventsRepository } from './kept-events.repository.ts';
import {
  amountsOf,
  type Doomed,
  planRetention,
  type RetentionPlan,
  type RetentionRules,
} from './retention-plan.ts';

const AT_ONCE = 100;
const SHOWN = 100;

/** What the retention works with. */
export interface RetentionParts {
  readonly events: KeptEventsRepository;
  readonly pictures: Pick<EventPictures, 'files' | 'removeFile'>;
  readonly rules: RetentionRules;
  readonly clock: Clock;
}

/** What was deleted since the start. */
export interface RetentionCounts {
  readonly events: Readonly<Record<RetentionReason, number>>;
  readonly orphans: number;
  /** After the last time; `null` before. */
  readonly usedBytes: number | null;
}

/** Deletes events that are too old or too many, with their pictures. */
export class EventRetention {
  readonly #logger = new Logger(EventRetention.name);
  readonly #parts: RetentionParts;
  #last: Retention['last'] = null;
  #counts: RetentionCounts = { events: { age: 0, budget: 0 }, orphans: 0, usedBytes: null };

  constructor(parts: RetentionParts) {
    this.#parts = parts;
  }

  get counts(): RetentionCounts {
    return this.#counts;
  }

  /** @param next - when it is done next; `null`: not known */
  async read(next: number | null): Promise<Retention> {
    const { rules, clock } = this.#parts;
    const plan = await this.#plan(Math.max(next ?? 0, clock.now()));
    return {
      ...rules,
      usedBytes: plan.usedBytes,
      next: {
        at: next === null ? null : moment(next),
        amounts: amountsOf(plan.events, plan.orphans),
        events: plan.events.slice(0, SHOWN).map(shown),
      },
      last: this.#last,
    };
  }

  /** Deletes what is due. @throws Error when it could not go on; what was deleted counts */
  async run(): Promise<void> {
    const at = this.#parts.clock.now();
    const plan = await this.#plan(at);
    const gone: Doomed[] = [];
    const goneOrphans: PictureFile[] = [];
    let trouble: string | null = null;
    try {
      for (const file of plan.orphans) {
        await this.#parts.pictures.removeFile(file);
        goneOrphans.push(file);
      }
      for (let from = 0; from < plan.events.length; from += AT_ONCE) {
        const some = plan.events.slice(from, from + AT_ONCE);
        await this.#delete(some);
        gone.push(...some);
      }
    } catch (error) {
      trouble = `Old events cannot be deleted: ${error instanceof Error ? error.message : String(error)}`;
      this.#logger.error(trouble);
      throw error;
    } finally {
      this.#note(at, plan, gone, goneOrphans, trouble);
    }
  }

  /** Files go first: on a full disk the database may need their room to delete a row. */
  async #delete(doomed: readonly Doomed[]): Promise<void> {
    for (const file of doomed.flatMap(({ files }) => files)) {
      await this.#parts.pictures.removeFile(file);
    }
    await this.#parts.events.delete(doomed.map(({ event }) => event.id));
  }

  async #plan(now: number): Promise<RetentionPlan> {
    const { events, pictures, rules } = this.#parts;
    // Files first: one that comes after this belongs to an event that comes after it.
    const files = await pictures.files();
    return planRetention(await events.list(), files, rules, now);
  }

  #note(
    at: number,
    plan: RetentionPlan,
    gone: readonly Doomed[],
    orphans: readonly PictureFile[],
    trouble: string | null,
  ): void {
    const amounts = amountsOf(gone, orphans);
    const { events, orphans: before } = this.#counts;
    this.#last = { at: moment(at), amounts, trouble };
    this.#counts = {
      events: { age: events.age + amounts.age, budget: events.budget + amounts.budget },
      orphans: before + amounts.orphans,
      usedBytes: plan.usedBytes - amounts.bytes,
    };
  }
}

function shown({ event, reason, bytes }: Doomed): DoomedEvent {
  const { id, cameraId, label, endedAt } = event;
  return { id, cameraId, label, endedAt: moment(endedAt), reason, bytes };
}

function moment(ms: number): string {
  return new Date(ms).toISOString();
}
