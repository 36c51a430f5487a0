import type { Fault } from '../scene/fault.ts';

const STOPPED_MS = 3500;

/** Faults of the process that decodes one camera. */
export const decoderFaults: readonly Fault[] = [
  {
    name: 'ffmpeg-kill',
    about: 'kill -9 of a camera’s ffmpeg',
    house: 'own',
    hits: 'picture',
    spares: 'all',
    wantsFreshCapture: true,
    async play(scene) {
      const pid = scene.decoder();
      await scene.strike(() => process.kill(pid, 'SIGKILL'));
    },
  },
  {
    name: 'ffmpeg-stop',
    about: 'SIGSTOP of a camera’s ffmpeg, SIGCONT after 3.5 s',
    house: 'own',
    hits: 'picture',
    spares: 'all',
    async play(scene) {
      const pid = scene.decoder();
      await scene.strike(() => process.kill(pid, 'SIGSTOP'));
      await scene.last(STOPPED_MS);
      await scene.mend(() => process.kill(pid, 'SIGCONT'));
    },
  },
  {
    name: 'ffmpeg-hang',
    about: 'SIGSTOP of a camera’s ffmpeg for ever',
    house: 'own',
    hits: 'picture',
    spares: 'all',
    wantsFreshCapture: true,
    async play(scene) {
      const pid = scene.decoder();
      await scene.strike(() => process.kill(pid, 'SIGSTOP'));
    },
  },
];
