import type { Fault } from '../scene/fault.ts';

const STOPPED_MS = 3000;

/** Faults of the api itself, which all cameras share. */
export const apiFaults: readonly Fault[] = [
  {
    name: 'api-kill',
    about: 'kill -9 of the api',
    house: 'own',
    hits: 'picture',
    spares: 'nothing',
    ends: 'api',
    async play(scene) {
      const pid = scene.house.pidOf('lookout-api');
      await scene.strike(() => process.kill(pid, 'SIGKILL'));
    },
  },
  {
    name: 'api-stop',
    about: 'SIGSTOP of the api, SIGCONT after 3 s',
    house: 'own',
    hits: 'picture',
    spares: 'nothing',
    async play(scene) {
      const pid = scene.house.pidOf('lookout-api');
      await scene.strike(() => process.kill(pid, 'SIGSTOP'));
      await scene.last(STOPPED_MS);
      await scene.mend(() => process.kill(pid, 'SIGCONT'));
    },
  },
  {
    name: 'api-hang',
    about: 'SIGSTOP of the api for ever',
    house: 'own',
    hits: 'picture',
    spares: 'nothing',
    ends: 'api',
    async play(scene) {
      const pid = scene.house.pidOf('lookout-api');
      await scene.strike(() => process.kill(pid, 'SIGSTOP'));
    },
  },
];
