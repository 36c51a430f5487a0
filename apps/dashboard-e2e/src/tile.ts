import type { Locator, Page } from 'playwright-core';

/** What a tile of the live page shows. */
export class Tile {
  readonly #tile: Locator;

  constructor(page: Page, cameraId: string) {
    this.#tile = page.getByTestId(`tile-${cameraId}`);
  }

  async waitUntilShown(): Promise<void> {
    await this.#tile.waitFor({ state: 'visible', timeout: 30_000 });
  }

  /** `fresh`, `stale`, `unknown` or `off`. */
  freshness(): Promise<string | null> {
    return this.#tile.getByTestId('freshness').getAttribute('data-freshness');
  }

  /** Frames per second, as measured in this browser. */
  async rate(): Promise<number> {
    return Number(await this.#tile.getByTestId('rate').textContent());
  }

  state(): Promise<string | null> {
    return this.#tile.getByTestId('state').textContent();
  }

  /** Boxes drawn over the picture now. */
  async boxes(): Promise<number> {
    return Number(await this.#tile.getByTestId('overlay').getAttribute('data-boxes'));
  }

  /** Number of the frame shown, and a sum that changes with its pixels. */
  picture(): Promise<{ sequence: number; pixels: number }> {
    return this.#tile.getByTestId('picture').evaluate((element) => {
      const canvas = element as HTMLCanvasElement;
      const small = document.createElement('canvas');
      small.width = small.height = 64;
      const pen = small.getContext('2d');
      pen?.drawImage(canvas, 0, 0, 64, 64);
      const data = pen?.getImageData(0, 0, 64, 64).data ?? new Uint8ClampedArray();
      let pixels = 0;
      for (const value of data) pixels = (pixels * 31 + value) % 1_000_000_007;
      return { sequence: Number(canvas.dataset['sequence']), pixels };
    });
  }

  /** Notes each freshness that the tile shows from now on, however short. */
  async recordFreshness(): Promise<() => Promise<string[]>> {
    const mark = this.#tile.getByTestId('freshness');
    await mark.evaluate((element) => {
      const seen = [element.getAttribute('data-freshness')];
      Object.assign(globalThis, { freshnessSeen: seen });
      new MutationObserver(() => seen.push(element.getAttribute('data-freshness'))).observe(
        element,
        { attributeFilter: ['data-freshness'] },
      );
    });
    return () =>
      mark.evaluate(() => (globalThis as unknown as { freshnessSeen: string[] }).freshnessSeen);
  }
}
