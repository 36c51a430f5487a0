// Makes the pictures of the pages that describe Lookout: the demo camera, as it looks when all is well.
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { openBrowser } from '@lookout/test-browser';
import { Lookout } from './lookout.ts';
import { Tile } from './tile.ts';

const FOLDER = resolve(import.meta.dirname, '../../../docs/images');
const PATIENCE_MS = 90_000;
/** Rates look back 5 s: the unrest of the start is out of them, and out of the doctor's sight, then. */
const SETTLED_MS = 12_000;

const PICTURES = [
  { name: 'live-dark', theme: 'dark', viewport: { width: 1280, height: 800 } },
  { name: 'live-light', theme: 'light', viewport: { width: 1280, height: 800 } },
  { name: 'live-phone', theme: 'dark', viewport: { width: 390, height: 700 } },
] as const;

mkdirSync(FOLDER, { recursive: true });
const lookout = await Lookout.start();
const browser = await openBrowser();
try {
  for (const picture of PICTURES) await take(browser, lookout.link, picture);
} finally {
  await browser.close();
  await lookout.stop();
}

async function take(
  opened: Browser,
  link: string,
  { name, theme, viewport }: (typeof PICTURES)[number],
): Promise<void> {
  const context = await opened.newContext({ viewport, deviceScaleFactor: 1 });
  const page = await context.newPage();
  await page.addInitScript((chosen) => {
    localStorage.setItem('lookout.theme', chosen);
  }, theme);
  await page.goto(link);
  const tile = new Tile(page, 'demo');
  await tile.waitUntilShown();
  await sleep(SETTLED_MS);
  await allWell(tile);
  const path = resolve(FOLDER, `${name}.png`);
  await page.screenshot({ path });
  await context.close();
  process.stdout.write(`${path}\n`);
}

/** The full rate, and several things seen. */
async function allWell(tile: Tile): Promise<void> {
  const late = performance.now() + PATIENCE_MS;
  while (performance.now() < late) {
    const [rate, boxes, freshness] = await Promise.all([
      tile.rate(),
      tile.boxes(),
      tile.freshness(),
    ]);
    if (Math.abs(rate - 15) < 0.4 && boxes >= 5 && freshness === 'fresh') return;
    await sleep(100);
  }
  throw new Error('The demo camera never looked as it should');
}
