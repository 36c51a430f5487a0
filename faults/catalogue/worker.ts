import { copyFile, rename, truncate } from 'node:fs/promises';
import { HANGING, TRUNCATED } from '../house/installation.ts';
import type { Fault } from '../scene/fault.ts';
import type { Scene } from '../scene/scene.ts';

const STOPPED_MS = 3000;
/** As the worker's own deadline, and some time to say so. */
const DEADLINE_MS = 25_000;

/** Faults of the worker and of what it looks with. */
export const workerFaults: readonly Fault[] = [
  {
    name: 'worker-kill',
    about: 'kill -9 of the worker in the middle of an inference',
    house: 'own',
    hits: 'detections',
    spares: 'pictures',
    ends: 'worker-1',
    async play(scene) {
      const pid = scene.house.pidOf('lookout-worker');
      const before = await inferring(scene);
      await scene.strike(() => process.kill(pid, 'SIGKILL'));
      await claimGivenUp(scene, before);
    },
  },
  {
    name: 'worker-stop',
    about: 'SIGSTOP of the worker in the middle of an inference, SIGCONT after 3 s',
    house: 'own',
    hits: 'detections',
    spares: 'pictures',
    async play(scene) {
      const pid = scene.house.pidOf('lookout-worker');
      const before = await inferring(scene);
      await scene.strike(() => process.kill(pid, 'SIGSTOP'));
      await scene.last(STOPPED_MS);
      await scene.mend(() => process.kill(pid, 'SIGCONT'));
      await claimGivenUp(scene, before);
    },
  },
  {
    name: 'model-truncated',
    about: 'a camera’s model file is cut in half',
    house: 'own',
    hits: 'detections',
    spares: 'all',
    async play(scene) {
      const { rest } = scene.house;
      await scene.strike(() =>
        rest.changeCamera(scene.struck, { detection: { model: TRUNCATED } }),
      );
      await scene.last(3500);
      await scene.mend(() => rest.changeCamera(scene.struck, { detection: { model: null } }));
    },
  },
  {
    name: 'model-truncated-at-start',
    about: 'the default model’s file is cut in half when the worker starts, whole again after 3 s',
    house: 'own',
    hits: 'detections',
    spares: 'pictures',
    ends: 'worker-1',
    async play(scene) {
      const { modelFile } = scene.installation;
      const whole = `${modelFile}.whole`;
      await rename(modelFile, whole);
      await copyFile(whole, modelFile);
      await truncate(modelFile, 1 << 20);
      const pid = scene.house.pidOf('lookout-worker');
      await scene.strike(() => process.kill(pid, 'SIGKILL'));
      await scene.last(STOPPED_MS);
      await scene.mend(() => rename(whole, modelFile));
    },
  },
  {
    name: 'worker-hang',
    about: 'an inference that never ends',
    house: 'own',
    hits: 'detections',
    spares: 'pictures',
    ends: 'worker-1',
    async play(scene) {
      const pid = scene.house.pidOf('lookout-worker');
      const { rest } = scene.house;
      await scene.strike(() => rest.changeCamera(scene.struck, { detection: { model: HANGING } }));
      const told = await scene.until(
        ({ struck }) => struck?.detection.reason?.includes('did not end within') ?? false,
        DEADLINE_MS,
      );
      scene.claim('the inference is ended by a deadline', told);
      await scene.mend(() => rest.changeCamera(scene.struck, { detection: { model: null } }));
      const replaced = await scene.until(
        ({ readiness }) => readiness === 'ready' && scene.house.pidOf('lookout-worker') !== pid,
        DEADLINE_MS,
      );
      scene.claim('the worker is replaced', replaced);
    },
  },
];

/** Waits for the moment at which a frame of the struck camera is in the worker's hands. */
async function inferring(scene: Scene): Promise<number> {
  for (;;) {
    const { books } = await scene.status();
    if (books?.processing === 1) return books.abandoned;
  }
}

/** The frame that was in its hands is counted as given up, once somebody looks. */
async function claimGivenUp(scene: Scene, before: number): Promise<void> {
  const counted = await scene.until(
    ({ struck }) => (struck?.books?.abandoned ?? 0) > before,
    DEADLINE_MS,
  );
  scene.claim('the frame in hand is counted as abandoned', counted);
}
