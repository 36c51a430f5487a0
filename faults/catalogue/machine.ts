import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Fault } from '../scene/fault.ts';
import { setClock } from '../scene/houses.ts';
import type { Scene } from '../scene/scene.ts';

const LASTS_MS = 3000;
/** A decoder that was killed is started again after a second or two. */
const RISES_MS = 10_000;
const HOUR_S = 3600;
const MEGABYTE = 1 << 20;
const BLOCK = 4096;
const MOST_CHANGES = 500;

/** Faults of the machine under it all. */
export const machineFaults: readonly Fault[] = [
  {
    name: 'clock-back',
    about: 'the clock of api and worker is set back by an hour',
    house: 'clock',
    hits: 'nothing',
    spares: 'all',
    setsClock: true,
    async play(scene) {
      const file = scene.stage.clock;
      if (file === undefined) throw new Error('this fault needs a clock that can be set');
      await scene.strike(() => setClock(file, -HOUR_S));
      const setBack = await scene.until(({ struck }) => {
        const at = Date.parse(struck?.detection.at ?? '');
        return at < Date.now() - (HOUR_S / 2) * 1000;
      }, LASTS_MS);
      scene.claim('the clock is an hour back', setBack);
      await scene.last(LASTS_MS);
      await scene.mend(() => setClock(file, 0));
    },
  },
  {
    name: 'disk-full',
    about: 'the disk of the database is full, and ffmpeg dies meanwhile',
    house: 'disk',
    hits: 'moment',
    spares: 'all',
    wantsFreshCapture: true,
    async play(scene) {
      const { house } = scene;
      const root = `/proc/${String(house.pidOf('lookout-api'))}/root`;
      const ballast = `${root}${join(house.folder, 'data', 'ballast')}`;
      await fill(ballast);
      const answer = await changesUntilRefused(scene);
      scene.claim('a change is refused with a reason', /^507 .*disk/.test(answer));
      const pid = scene.decoder();
      await scene.strike(() => process.kill(pid, 'SIGKILL'));
      const fell = await scene.until(({ struck }) => struck?.state === 'reconnecting', LASTS_MS);
      const rose = await scene.until(
        ({ struck }) => struck?.state === 'live' && struck.detection.freshness === 'fresh',
        RISES_MS,
      );
      scene.claim('the camera is begun anew on the full disk', fell && rose);
      await scene.last(LASTS_MS);
      await scene.mend(() => rm(ballast));
    },
  },
];

/** Until not a block is left. */
async function fill(file: string): Promise<void> {
  for (const block of [MEGABYTE, BLOCK]) {
    let full = false;
    while (!full) {
      full = await writeFile(file, Buffer.alloc(block), { flag: 'a' }).then(
        () => false,
        () => true,
      );
    }
  }
}

/** What the database has reserved already is used up first. @returns status and detail of the refusal */
async function changesUntilRefused({ house, struck }: Scene): Promise<string> {
  for (let turn = 0; turn < MOST_CHANGES; turn += 1) {
    const response = await fetch(`${house.rest.url}/api/v1/cameras/${struck}`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${house.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name: `Struck ${String(turn)}` }),
    });
    const { detail = '' } = (await response.json()) as { detail?: string };
    if (!response.ok) return `${String(response.status)} ${detail}`;
  }
  return 'none was refused';
}
