import type { WatchRequest } from '@lookout/contracts';
import { LookoutRest } from '@lookout/test-house';
import { type LiveAddress, Viewer, type ViewerHabits } from './viewer.ts';

/** Lookout from outside: its REST calls and its live view, as any program would use them. */
export class LookoutClient extends LookoutRest {
  /** For viewers in other processes. */
  readonly address: LiveAddress;
  readonly #viewers = new Set<Viewer>();

  constructor(url: string, token: string) {
    super(url, token);
    this.address = { url: this.url, token };
  }

  /** A viewer that draws nothing and, unless it has other habits, acknowledges at once. */
  async watch(request: WatchRequest, habits?: ViewerHabits): Promise<Viewer> {
    const viewer = await Viewer.open(this.address, request, habits);
    this.#viewers.add(viewer);
    return viewer;
  }

  close(): void {
    for (const viewer of this.#viewers) viewer.close();
  }
}
