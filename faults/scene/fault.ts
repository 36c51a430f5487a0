import type { Source } from '@lookout/contracts';
import type { HouseKind } from './houses.ts';
import type { Scene } from './scene.ts';

/** Something that goes wrong, on the real thing. */
export interface Fault {
  readonly name: string;
  readonly about: string;
  readonly house: HouseKind;
  /**
   * What of the struck camera nobody can know from two seconds after the strike until it is mended.
   * `moment`: it is over at once, or how much is lost depends on chance. `nothing`: it must not show.
   */
  readonly hits: 'picture' | 'detections' | 'moment' | 'nothing';
  /** What of the other camera goes on as if nothing were. */
  readonly spares: 'all' | 'pictures' | 'nothing';
  /** It sets clocks, so that the age of a result which crosses that moment says nothing. */
  readonly setsClock?: boolean;
  /** Redis is out of the api's reach between strike and mending. */
  readonly redisAway?: boolean;
  /** The capture is begun anew before: a decoder that died lately is not started at once again. */
  readonly wantsFreshCapture?: boolean;
  /** Name of the supervised process that it ends. */
  readonly ends?: 'redis' | 'api' | 'worker-1';
  /** Where the struck camera's pictures come from; default: a file. */
  readonly source?: (scene: Scene) => Promise<Source>;
  /** Strikes once, and mends at most once; what nobody mends the supervisor or the api must. */
  play(scene: Scene): Promise<void>;
}
