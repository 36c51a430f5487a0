import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { readConfig } from '@lookout/config';

/** The footage to loop: what was asked for, or the demo's. @throws Error when it is not there */
export function chooseClip(root: string, asked: string | undefined): string {
  const { dataDir } = readConfig(undefined, root);
  const clip = asked === undefined ? resolve(dataDir, 'demo/vtest.mp4') : resolve(asked);
  if (existsSync(clip)) return clip;
  throw new Error(`there is no ${clip}${asked === undefined ? '; npm start brings it' : ''}`);
}
