import { setTimeout as sleep } from 'node:timers/promises';
import type { ToldStatus } from '../house/witness.ts';
import type { Fault } from './fault.ts';
import { courseOf, disturbance, falseBooks, falseKnowledge, isAsUsual, sightOf } from './judge.ts';
import type { Moments, Sample } from './sample.ts';
import { type Claim, FILE_SOURCE, OTHER_FPS, type Scene } from './scene.ts';

const SETTLE_MS = 60_000;
const RECOVER_MS = 60_000;
const LEAVE_MS = 4000;
/** A status may be on its way to a viewer for so long. */
const SENT_MS = 300;
/** After a run of this length the supervisor starts what dies at once again. */
const HEALTHY_MS = 31_000;
/** The longer of 2 s and three detect periods. */
const STALE_AFTER_MS = 2000;

/** What came of playing a fault once. */
export interface Played {
  /** From the mending, or from the strike where nobody mends; `null`: it did not recover. */
  readonly recoveryMs: number | null;
  /** What the operator saw, in words. */
  readonly sight: string;
  /** The same, change by change, with seconds since the strike. */
  readonly course: readonly string[];
  readonly claims: readonly (Claim & { readonly found: readonly string[] })[];
}

/** Plays a fault once in a scene that is as usual, and waits until it is as usual again. */
export async function play(fault: Fault, scene: Scene): Promise<Played> {
  await prepare(fault, scene);
  const repeatsBefore = scene.witness.repeats.length;
  const processes = namesOf(scene);
  const files = await scene.house.files();
  await fault.play(scene);
  const { struckAt } = scene;
  if (struckAt === undefined) throw new Error(`${fault.name} did not strike`);
  const mendedAt = scene.mendedAt ?? struckAt;
  const recovered = await scene.until((sample) => isBack(sample, scene, mendedAt), RECOVER_MS);
  const recoveredAt = scene.samples.at(-1)?.at ?? mendedAt;
  const moments: Moments = { struckAt, mendedAt, recoveredAt };
  const left = await leftovers(scene, processes, files);
  const samples = scene.samples.filter(({ at }) => at >= struckAt);
  const struck = scene.witness.of(scene.struck);
  const told = struck.statuses.filter(({ at }) => at >= struckAt).map(asSample);
  const knowledge = [samples, told].flatMap((list) =>
    falseKnowledge(list, fault, moments, struck.results, STALE_AFTER_MS),
  );
  const unusual = samples.filter((sample) => sample.at <= recoveredAt && !isAsUsual(sample));
  const claims = [
    claim('recovers', recovered ? [] : ['not within a minute']),
    claim('unknown', [
      ...knowledge,
      ...(fault.hits === 'nothing' && unusual.length > 0 ? ['it showed'] : []),
    ]),
    claim(
      'books',
      [samples, told].flatMap((list) => falseBooks(list, fault, moments)),
    ),
    claim('once', scene.witness.repeats.slice(repeatsBefore)),
    claim('left', left),
    claim('other', disturbance(seenOf(scene), samples, fault, moments, 1000 / OTHER_FPS)),
    ...scene.claims.map((own) => ({ ...own, found: own.holds ? [] : ['it is not so'] })),
  ];
  const sight = sightOf(samples, moments);
  return {
    recoveryMs: recovered ? recoveredAt - mendedAt : null,
    sight,
    course: courseOf(samples, moments),
    claims,
  };
}

function seenOf({ witness, other }: Scene): Parameters<typeof disturbance>[0] {
  return { frames: witness.of(other).frames, standstills: witness.standstills };
}

/** What a viewer is told was true when it was sent, and its books up to a second before. */
function asSample({ at, status }: ToldStatus): Sample {
  return { askedAt: at - SENT_MS, at, struck: status, other: null, readiness: '' };
}

function claim(name: string, found: readonly string[]): Played['claims'][number] {
  return { claim: name, holds: found.length === 0, found: [...new Set(found)].slice(0, 5) };
}

async function prepare(fault: Fault, scene: Scene): Promise<void> {
  const source = (await fault.source?.(scene)) ?? FILE_SOURCE;
  await scene.showSource(source);
  if (fault.wantsFreshCapture === true) await scene.beginCaptureAnew();
  await rested(fault, scene);
  const since = performance.now();
  if (!(await scene.until((sample) => isBack(sample, scene, since), SETTLE_MS))) {
    const words = JSON.stringify(scene.samples.at(-1)?.struck);
    throw new Error(`the house is not as usual before ${fault.name}: ${words}`);
  }
  scene.beginAnew();
}

/** Waits until the process that will be ended has run so long that its next start does not wait. */
async function rested({ ends }: Fault, scene: Scene): Promise<void> {
  if (ends === undefined) return;
  const { processes } = await scene.house.rest.system();
  const one = processes.find(({ name }) => name === ends);
  if (one === undefined) throw new Error(`the supervisor tells of no ${ends}`);
  const ranMs = Date.now() - Date.parse(one.startedAt ?? '');
  if (one.restarts > 0 && ranMs < HEALTHY_MS) await sleep(HEALTHY_MS - ranMs);
}

function isBack(sample: Sample, scene: Scene, since: number): boolean {
  const cameras = [scene.witness.of(scene.struck), scene.witness.of(scene.other)];
  return (
    sample.askedAt > since &&
    isAsUsual(sample) &&
    cameras.every(({ frames, results }) =>
      [frames, results].every((list) => (list.at(-1)?.at ?? 0) > since),
    )
  );
}

function namesOf(scene: Scene): string {
  const all = scene.house.processes();
  return all
    .map(({ name, dead }) => (dead ? `${name} (dead)` : name))
    .toSorted()
    .join(', ');
}

/** Looks a few times: what is being ended may take a moment. */
async function leftovers(
  scene: Scene,
  before: string,
  files: readonly string[],
): Promise<string[]> {
  const end = performance.now() + LEAVE_MS;
  for (;;) {
    const now = namesOf(scene);
    const added = (await scene.house.files()).filter((file) => !files.includes(file));
    if (now === before && added.length === 0) return [];
    if (performance.now() > end) {
      return [
        ...(now === before ? [] : [`processes: ${now}; before: ${before}`]),
        ...added.map((file) => `file ${file}`),
      ];
    }
    await sleep(200);
  }
}
