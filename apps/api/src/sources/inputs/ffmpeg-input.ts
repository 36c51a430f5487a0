/** How ffmpeg and ffprobe are told where to read. Each element is one argument. */
export interface FfmpegInput {
  readonly options: readonly string[];
  /** What follows `-i`. */
  readonly url: string;
}

/** A source that says nothing for this long is given up by ffmpeg itself, in microseconds. */
export const SILENCE_US = '8000000';

/**
 * Little is read before the first picture: a camera's stream says soon what it is. What is read is
 * played too (`-fflags nobuffer` would throw it away, and with it the first key frame).
 */
export const QUICK_START: readonly string[] = [
  ...['-probesize', '1000000', '-analyzeduration', '1500000', '-fpsprobesize', '0'],
];
