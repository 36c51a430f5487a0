/** One thing that must be there before Lookout can run. */
export interface SetupStep {
  readonly name: string;
  /** What there is to do, in words; `undefined` when all is there. */
  needed(): Promise<string | undefined> | string | undefined;
  /** Does it; `signal` asks to end early where that leaves nothing half done. */
  run(signal: AbortSignal): Promise<void>;
}

/** Set-up cannot go on; the message tells a person why and what to do. */
export class SetupError extends Error {
  override readonly name = 'SetupError';
}

/** Somebody asked to stop while set-up ran. */
export class SetupStopped extends Error {
  override readonly name = 'SetupStopped';
}

/** How often a long step says that it is still at work, in ms. */
const STILL_MS = 15_000;

/**
 * Does what is needed, in order, with a line at the beginning and the end of each step.
 * @throws SetupError of the step that failed; SetupStopped once `signal` has fired
 */
export async function runSteps(
  steps: readonly SetupStep[],
  signal: AbortSignal,
  say: (line: string) => void,
): Promise<void> {
  for (const step of steps) {
    const work = signal.aborted ? undefined : await step.needed();
    if (work === undefined) continue;
    const began = Date.now();
    const tell = (words: string) => {
      say(`${step.name}: ${words}`);
    };
    const elapsed = () => `${((Date.now() - began) / 1000).toFixed(0)} s`;
    const stopping = () => {
      tell('stopping after this step');
    };
    const still = setInterval(() => {
      tell(`still at it (${elapsed()})`);
    }, STILL_MS);
    signal.addEventListener('abort', stopping, { once: true });
    try {
      tell(work);
      await step.run(signal);
      tell(`done (${elapsed()})`);
    } catch (error) {
      if (!signal.aborted) throw error;
      break;
    } finally {
      clearInterval(still);
      signal.removeEventListener('abort', stopping);
    }
  }
  if (signal.aborted) throw new SetupStopped('stopped during set-up');
}
