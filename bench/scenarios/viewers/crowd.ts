import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { childEnvironment } from '@lookout/config';
import type { LiveAddress, SeenFrame } from '../../house/viewer.ts';

/** How the members of a crowd acknowledge. */
export type Habit = 'fast' | 'late' | 'never';

/** Late viewers acknowledge after so long. */
export const LATE_MS = 1000;

/** Whom the crowd's process brings, and where to. */
export interface CrowdSettings extends LiveAddress {
  readonly cameraId: string;
  readonly habits: readonly Habit[];
}

/** What the crowd's process is told; it answers `report` with its members' frames since `begin`. */
export type CrowdOrder = 'begin' | 'report';

/** What one member saw, times by `performance.now` since `begin`. */
export interface MemberReport {
  readonly habit: Habit;
  readonly frames: readonly SeenFrame[];
}

/** What the whole crowd saw. */
export interface CrowdReport {
  readonly seconds: number;
  readonly members: readonly MemberReport[];
}

/** A tenth of the crowd is slow: half of these acknowledge late, half never. */
export function habitsOf(members: number): Habit[] {
  const slow = Math.round(members / 10);
  return Array.from({ length: members }, (_, index) => {
    if (index >= slow) return 'fast';
    return index % 2 === 0 ? 'never' : 'late';
  });
}

/** Many viewers of one camera in a process of their own, so that what they cost is not the api's. */
export class ViewerCrowd {
  readonly #process: ChildProcess;

  private constructor(settings: CrowdSettings) {
    const file = new URL('crowd-process.ts', import.meta.url);
    this.#process = fork(file, [JSON.stringify(settings)], {
      env: childEnvironment(),
      detached: true,
    });
  }

  /** Resolves when all members watch. */
  static async gather(settings: CrowdSettings): Promise<ViewerCrowd> {
    const crowd = new ViewerCrowd(settings);
    const died = once(crowd.#process, 'exit').then(() => {
      throw new Error('the crowd of viewers did not gather');
    });
    await Promise.race([once(crowd.#process, 'message'), died]);
    died.catch(() => undefined);
    return crowd;
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  begin(): void {
    this.#process.send('begin' satisfies CrowdOrder);
  }

  async report(): Promise<CrowdReport> {
    const answer = once(this.#process, 'message');
    this.#process.send('report' satisfies CrowdOrder);
    const [report] = (await answer) as [CrowdReport];
    return report;
  }

  async disperse(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const gone = once(this.#process, 'exit');
    this.#process.disconnect();
    await gone;
  }
}
