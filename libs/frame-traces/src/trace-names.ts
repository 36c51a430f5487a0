import { createHash } from 'node:crypto';
import type { TracedFrame } from './frame-traces.ts';

/** Ids in hexadecimal, as W3C Trace Context has them: 16 bytes and 8. */
export interface TraceNames {
  readonly traceId: string;
  readonly rootId: string;
}

/**
 * The names of a frame's trace and root span, the same in every process. The moment of the capture is
 * in them, lest frames of two installations with a camera of the same name share a trace.
 */
export function traceNames({ cameraId, epoch, sequence, capturedAt }: TracedFrame): TraceNames {
  const words = [cameraId, epoch, sequence, capturedAt].join('/');
  const hash = createHash('sha256').update(words).digest('hex');
  return { traceId: hash.slice(0, 32), rootId: hash.slice(32, 48) };
}
