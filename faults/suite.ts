import { copyFile } from 'node:fs/promises';
import type { FaultArguments } from './arguments.ts';
import { closeNetwork } from './catalogue/sources.ts';
import type { Installation } from './house/installation.ts';
import type { Summary } from './report/summary.ts';
import type { Fault } from './scene/fault.ts';
import { type HouseKind, missing, openStage, type Stage } from './scene/houses.ts';
import { play, type Played } from './scene/play.ts';
import { CLIP, Scene } from './scene/scene.ts';
import { verdict } from './scene/verdict.ts';

/** What a run of the suite needs. */
export interface Run {
  readonly wish: FaultArguments;
  readonly faults: readonly Fault[];
  readonly installation: Installation;
  /** Footage for the camera that is struck. */
  readonly clip: string;
  say(line: string): void;
}

/** Plays all faults, house by house, in turns: each once, then each again. */
export async function playAll(run: Run): Promise<{ summaries: Summary[]; ends: string[] }> {
  const summaries: Summary[] = [];
  const ends: string[] = [];
  try {
    for (const kind of ['own', 'guest', 'clock', 'disk'] as const) {
      const here = run.faults.filter(({ house }) => house === kind);
      if (here.length === 0) continue;
      const reason = missing(kind);
      if (reason === undefined) summaries.push(...(await playIn(kind, here, run, ends)));
      else summaries.push(...here.map((fault) => summaryOf(fault, [], reason)));
    }
  } finally {
    await closeNetwork();
  }
  return { summaries, ends };
}

/** In one house, as long as that stands; in another one from the fault on that brought it down. */
async function playIn(
  kind: HouseKind,
  faults: readonly Fault[],
  run: Run,
  ends: string[],
): Promise<Summary[]> {
  const played = new Map<string, Played[]>(faults.map(({ name }) => [name, []]));
  const turns = Array.from({ length: run.wish.times }, (_, turn) => turn + 1);
  const queue = turns.flatMap((turn) => faults.map((fault) => ({ fault, turn })));
  while (queue.length > 0) {
    const stage = await openStage(kind, run.installation.root);
    try {
      await copyFile(run.clip, stage.house.media(CLIP));
      const scene = await Scene.set(stage, run.installation);
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const { fault, turn } = next;
        const plays: Played[] = [];
        let counts: Played | null = null;
        while (counts === null) {
          const one = await play(fault, scene).catch((error: unknown) => spoilt(error, stage));
          plays.push(one);
          run.say(inWords(fault, turn, one));
          counts = verdict(plays);
        }
        played.get(fault.name)?.push(counts);
        if (counts.recoveryMs === null) break;
      }
      scene.close();
    } finally {
      ends.push(...(await stage.close()).map((what) => `the house "${kind}": ${what}`));
    }
  }
  return faults.map((fault) => summaryOf(fault, played.get(fault.name) ?? []));
}

/** What came of a play that did not come to its end. */
function spoilt(error: unknown, { house }: Stage): Played {
  const reason = error instanceof Error ? error.message : String(error);
  const claim = { claim: 'can be played', holds: false, found: [reason] };
  const course = [reason, house.lastWords];
  return { recoveryMs: null, sight: 'not known', course, claims: [claim] };
}

function summaryOf({ name, about }: Fault, played: readonly Played[], skipped?: string): Summary {
  return { name, about, played, ...(skipped === undefined ? {} : { skipped }) };
}

function inWords(
  { name, hits }: Fault,
  turn: number,
  { recoveryMs, claims, sight }: Played,
): string {
  const took =
    recoveryMs === null ? 'did not recover' : `back after ${(recoveryMs / 1000).toFixed(1)} s`;
  const bad = claims.filter(({ holds }) => !holds);
  const misses = bad.map(({ claim, found }) => ` MISSED ${claim}: ${found.join('; ')}.`).join('');
  return `${name} ${String(turn)}: ${hits === 'nothing' ? '' : `${took}; `}${sight}.${misses}`;
}
