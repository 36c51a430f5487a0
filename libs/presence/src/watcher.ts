import { expect } from 'vitest';
import {
  type Look,
  NOTHING_SEEN,
  type PresenceMemory,
  type PresenceRules,
  type Stay,
  type Turn,
} from './memory.ts';
import { look, loseSight } from './presence.ts';

/** Between two looks. */
export const PERIOD_MS = 200;
/** What most tests go by. */
export const RULES: PresenceRules = {
  minHits: 3,
  window: 5,
  endAfterMs: 1000,
  staleAfterMs: 500,
  watches: () => true,
};

/** For tests: looks at one camera, one after another, and remembers what came of it. */
export class Watcher {
  memory: PresenceMemory = NOTHING_SEEN;
  readonly turns: Turn[] = [];
  #ids = 0;
  #sequence = 0;

  rules: PresenceRules = RULES;

  look(at: number, ...labels: string[]): Turn[] {
    return this.take(lookAt(at, this.#sequence++, labels));
  }

  lookLate(at: number, ...labels: string[]): Turn[] {
    return this.take({ ...lookAt(at, this.#sequence++, labels), late: true });
  }

  take(now: Look): Turn[] {
    return this.#step(look(this.memory, now, this.rules, () => `stay-${String(++this.#ids)}`));
  }

  loseSight(reason: string, position?: { epoch: number; sequence: number }): Turn[] {
    return this.#step(loseSight(this.memory, { reason, late: false }, position));
  }

  get kinds(): string[] {
    return this.turns.map(({ kind, stay }) => `${stay.label} ${kind}`);
  }

  #step(step: { memory: PresenceMemory; turns: readonly Turn[] }): Turn[] {
    this.memory = step.memory;
    this.turns.push(...step.turns);
    return [...step.turns];
  }
}

/** A look that sees these labels, each as often as it is named. */
export function lookAt(at: number, sequence: number, labels: readonly string[]): Look {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  const confidence = 0.5 + (sequence % 7) / 20;
  const sightings = [...counts].map(([label, count]) => ({ label, count, confidence }));
  return { at, epoch: 1, sequence, late: false, sightings };
}

/** The one stay that there is. */
export function onlyStay(watcher: Watcher): Stay {
  const stays = watcher.memory.labels.flatMap(({ stay }) => (stay === null ? [] : [stay]));
  expect(stays).toHaveLength(1);
  return stays[0] ?? expect.fail('no stay');
}

/** A watcher who saw a car at these moments, and nothing else. */
export function presentAt(...moments: number[]): Watcher {
  const watcher = new Watcher();
  for (const at of moments) watcher.look(at, 'car');
  expect(watcher.kinds).toEqual(['car started']);
  return watcher;
}
