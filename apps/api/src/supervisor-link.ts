import {
  CHILD_BEAT_MS,
  type ChildMessage,
  type SupervisedProcess,
  supervisedProcessSchema,
} from '@lookout/contracts';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { z } from 'zod';

const messageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('processes'), processes: z.array(supervisedProcessSchema) }),
  z.object({ type: z.literal('token-shown'), token: z.string() }),
]);

/** The line to the process that started this one, if it keeps one open. */
@Injectable()
export class SupervisorLink implements OnModuleDestroy {
  #processes: readonly SupervisedProcess[] = [];
  readonly #receive = (message: unknown) => {
    const parsed = messageSchema.safeParse(message);
    if (!parsed.success) return;
    if (parsed.data.type === 'processes') this.#processes = parsed.data.processes;
    else this.#tokenShown(parsed.data.token);
  };
  #tokenShown: (token: string) => void = () => undefined;

  constructor() {
    process.on('message', this.#receive);
  }

  onModuleDestroy(): void {
    process.off('message', this.#receive);
  }

  /** @param heard - called with an admin token that a person has seen */
  onTokenShown(heard: (token: string) => void): void {
    this.#tokenShown = heard;
  }

  /** What the supervisor runs, as it last said; empty without one. */
  processes(): readonly SupervisedProcess[] {
    return this.#processes;
  }
}

/** Tells the supervisor, if there is one, again and again that this process does not stand still. */
export function beatForSupervisor(): void {
  if (!process.connected) return;
  setInterval(() => {
    if (process.connected) tellSupervisor({ type: 'alive' });
  }, CHILD_BEAT_MS).unref();
}

/** Tells the supervisor. @returns `false` when there is none */
export function tellSupervisor(message: ChildMessage): boolean {
  return process.send?.(message) ?? false;
}
