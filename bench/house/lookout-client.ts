import { LookoutRest } from '@lookout/test-house';
import { Viewer } from './viewer.ts';

/** Lookout from outside: its REST calls and its live view, as any program would use them. */
export class LookoutClient extends LookoutRest {
  readonly #token: string;
  readonly #viewers = new Set<Viewer>();

  constructor(url: string, token: string) {
    super(url, token);
    this.#token = token;
  }

  /** A viewer that draws nothing and acknowledges at once. */
  async watch(cameraId: string): Promise<Viewer> {
    const viewer = await Viewer.open(this.url, this.#token, cameraId);
    this.#viewers.add(viewer);
    return viewer;
  }

  close(): void {
    for (const viewer of this.#viewers) viewer.close();
  }
}
