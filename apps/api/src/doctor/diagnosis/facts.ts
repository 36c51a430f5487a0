import type { CameraState, CameraStatus } from '@lookout/contracts';
import type { ViewerPace } from '../../live/viewer-paces.ts';

/** How frames came over the last seconds. */
export interface Arrivals {
  /** Frames a second from the decoder; those that are too many for the camera's settings count. */
  readonly rate: number;
  /** Time without a frame, at most, in ms; the present one counts. */
  readonly longestGapMs: number;
  /** Share of the time that passed in gaps far longer than the others, from 0 to 1. */
  readonly stalledShare: number;
}

/** What the decoder's busiest thread did with its time, each from 0 to 1. */
export interface DecoderLoad {
  readonly computing: number;
  /** It had work, and no core was free for it; 0 where the system does not tell. */
  readonly waiting: number;
  /** Cores that all its threads together took. */
  readonly cores: number;
}

/** Growth of a camera's books over some seconds. */
export interface DetectorTally {
  readonly seconds: number;
  readonly offered: number;
  readonly detected: number;
  readonly failed: number;
  readonly abandoned: number;
}

/** Everything that is known of one camera. Numbers may be missing, or no numbers at all. */
export interface CameraFacts {
  readonly cameraId: string;
  readonly state: CameraState;
  readonly reason: string | null;
  /** In this state. */
  readonly stateMs: number;
  /** Whether its pictures come over a network. */
  readonly remote: boolean;
  readonly wanted: { readonly capture: number; readonly live: number; readonly detect: number };
  readonly captureRate: number;
  readonly arrivals: Arrivals | null;
  /** Captures that ended or stalled and were begun again, lately. */
  readonly restarts: number;
  readonly decoder: DecoderLoad | null;
  readonly detection: Pick<CameraStatus['detection'], 'freshness' | 'reason'>;
  /** `null` while the books are out of reach. */
  readonly tally: DetectorTally | null;
  /** Frames that the mailbox did not take, a second. */
  readonly refusedRate: number;
  readonly viewers: readonly ViewerPace[];
}

/** A worker, as far as it matters here. */
export interface WorkerFacts {
  readonly rate: number;
  readonly inferenceMs: number | null;
  readonly threads: number;
  readonly inferenceRepeat: number;
}

/** Everything that is known of what all cameras share. */
export interface SystemFacts {
  readonly cores: number;
  /** Shares from 0 to 1; `null`: not measured. */
  readonly processorBusy: number | null;
  readonly apiBusy: number | null;
  readonly memoryBytes: number;
  readonly memoryAvailableBytes: number;
  readonly redis: {
    readonly answers: boolean;
    readonly roundTripMs: number | null;
    readonly usedBytes: number | null;
    /** `null`: no limit, or not known. */
    readonly limitBytes: number | null;
    /** Keys that Redis threw out for want of memory, since the check before. */
    readonly evicted: number;
  };
  /** `null`: nobody can say. */
  readonly workers: readonly WorkerFacts[] | null;
  readonly disk: {
    readonly bytes: number | null;
    readonly freeBytes: number | null;
    /** Why the data folder takes no writes; `null` when it does. */
    readonly fault: string | null;
  };
}
