import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openBrowser } from '@lookout/test-browser';
import { Lookout } from './lookout.ts';
import { isAlive } from './process-table.ts';
import { Tile } from './tile.ts';

const PICTURES = resolve(import.meta.dirname, '../../../dist/e2e');
const PATIENCE = { timeout: 90_000, interval: 250 };
const LIVE_FPS = 15;
const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 360, height: 740 };
const LOOKS = [
  ['wide', 'dark', WIDE],
  ['wide', 'light', WIDE],
  ['narrow', 'dark', NARROW],
  ['narrow', 'light', NARROW],
] as const;
type Look = (typeof LOOKS)[number];

let lookout: Lookout;
let browser: Browser;
let page: Page;
let tile: Tile;
const complaints: string[] = [];

beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  [lookout, browser] = await Promise.all([Lookout.start(), openBrowser()]);
  page = await browser.newPage({ viewport: WIDE });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(lookout.link);
  tile = new Tile(page, 'demo');
}, 300_000);

afterAll(async () => {
  await Promise.allSettled([browser.close(), lookout.stop()]);
});

test('the first link signs the browser in, and leaves no token in the address', async () => {
  await tile.waitUntilShown();
  expect(page.url()).not.toContain('token');
  await vi.waitFor(async () => {
    expect(await tile.state()).toBe('live');
  }, PATIENCE);
  await page.reload();
  await tile.waitUntilShown();
});

test('without a token there is no picture', async () => {
  const context = await browser.newContext();
  const stranger = await context.newPage();
  await stranger.goto(lookout.address);
  await stranger.getByRole('textbox').or(stranger.getByLabel(/token/i)).first().waitFor();
  expect(await stranger.getByTestId('tile-demo').count()).toBe(0);
  await context.close();
});

test('the picture moves', async () => {
  const sequences: number[] = [];
  const pictures = new Set<number>();
  await vi.waitFor(async () => {
    const { sequence, pixels } = await tile.picture();
    if (sequence > (sequences.at(-1) ?? 0)) {
      sequences.push(sequence);
      pictures.add(pixels);
    }
    expect(pictures.size).toBeGreaterThanOrEqual(5);
  }, PATIENCE);
});

test('boxes appear on what is seen, and the tile says that they are fresh', async () => {
  await vi.waitFor(async () => {
    expect(await tile.boxes()).toBeGreaterThan(0);
    expect(await tile.freshness()).toBe('fresh');
  }, PATIENCE);
});

test('the rate measured in the browser is the configured one', async () => {
  const readings: number[] = [];
  // A busy machine loses moments: the median of the last readings is what counts.
  await vi.waitFor(
    async () => {
      readings.push(await tile.rate());
      const last = readings.slice(-9).toSorted((a, b) => a - b);
      expect(last).toHaveLength(9);
      expect(Math.abs((last[4] ?? 0) - LIVE_FPS), `readings: ${readings.join(' ')}`).toBeLessThan(
        LIVE_FPS * 0.1,
      );
    },
    { timeout: 90_000, interval: 500 },
  );
});

test('a dead worker shows as unknown, then detection comes back', async () => {
  const seen = await tile.recordFreshness();
  const before = await worker();
  let killed: number | null = null;
  // Each run is killed, so that the outage outlasts the time in which a worker may be quiet.
  await vi.waitFor(async () => {
    const { pid } = await worker();
    if (pid !== null && pid !== killed && isAlive(pid)) {
      process.kill(pid, 'SIGKILL');
      killed = pid;
    }
    expect(await seen()).toContain('unknown');
    expect(await tile.boxes()).toBe(0);
  }, PATIENCE);
  await vi.waitFor(async () => {
    expect(await tile.freshness()).toBe('fresh');
    expect(await tile.boxes()).toBeGreaterThan(0);
  }, PATIENCE);
  const after = await worker();
  expect(after.restarts).toBeGreaterThan(before.restarts);
  expect(after.pid).not.toBe(before.pid);
});

test('the page finds its way back when the api was away', async () => {
  const api = (await lookout.system()).processes.find(({ name }) => name === 'api');
  process.kill(api?.pid ?? Number.NaN, 'SIGKILL');
  await vi.waitFor(async () => {
    const { processes } = await lookout.system();
    expect(processes.find(({ name }) => name === 'api')?.pid).not.toBe(api?.pid);
  }, PATIENCE);
  await vi.waitFor(async () => {
    const before = await tile.picture();
    await sleep(1000);
    expect((await tile.picture()).pixels).not.toBe(before.pixels);
    expect(await tile.freshness()).toBe('fresh');
  }, PATIENCE);
});

test.each(LOOKS)('the %s %s page fits its window', async (width, theme, viewport) => {
  await show(theme, viewport);
  await page.reload();
  await vi.waitFor(async () => {
    expect(await tile.boxes()).toBeGreaterThan(0);
  }, PATIENCE);
  await expectToFit(`live-${width}-${theme}`, theme);
});

test.each(LOOKS)('the %s %s system page fits its window', async (width, theme, viewport) => {
  await show(theme, viewport);
  await page.goto(new URL('/system', lookout.address).href);
  const queue = page.getByRole('article', { name: 'Queue webhooks' });
  for (const part of [
    queue.getByRole('img', { name: /Last 15 minutes/ }),
    page.getByRole('meter', { name: 'Room that events take' }),
    page.getByRole('list', { name: 'Processes' }).getByText('worker-1', { exact: true }),
    page.getByRole('list', { name: 'Workers' }).getByRole('listitem'),
  ]) {
    await part.first().waitFor();
  }
  await expectToFit(`system-${width}-${theme}`, theme);
});

test('what was seen becomes an event with a picture, at an address of its own', async () => {
  await page.setViewportSize(WIDE);
  await page.goto(lookout.address);
  await page.getByRole('link', { name: 'Events', exact: true }).click();
  const card = page.locator('lo-event-card a').first();
  await card.waitFor({ timeout: 90_000 });
  await card.click();
  await page.waitForURL('**/events/*');
  const picture = page.locator('lo-event-page img');
  await vi.waitFor(async () => {
    const width = await picture.evaluate((image) => (image as HTMLImageElement).naturalWidth);
    expect(width).toBeGreaterThan(100);
  }, PATIENCE);
  const id = page.url().split('/').at(-1) ?? '';
  const event = (await (await lookout.call('GET', `/events/${id}`)).json()) as { label: string };
  expect(await page.locator('lo-event-page h2').textContent()).toContain(event.label);
  await page.keyboard.press('Escape');
  await page.waitForURL('**/events');
});

test('nothing went wrong in the page meanwhile', () => {
  expect(complaints).toEqual([]);
});

/** From the next load on. */
async function show(theme: Look[1], viewport: Look[2]): Promise<void> {
  await page.evaluate((name) => {
    localStorage.setItem('lookout.theme', name);
  }, theme);
  await page.setViewportSize(viewport);
}

async function expectToFit(picture: string, theme: Look[1]): Promise<void> {
  await page.screenshot({ path: resolve(PICTURES, `${picture}.png`) });
  expect(await page.locator(`html[data-theme="${theme}"]`).count()).toBe(1);
  // What scrolls within the window would hide that it is too wide.
  const excess = await page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('main > *')].map(
      ({ scrollWidth, clientWidth }) => scrollWidth - clientWidth,
    ),
  );
  expect(Math.max(...excess)).toBeLessThanOrEqual(0);
}

async function worker() {
  const { processes } = await lookout.system();
  const found = processes.find(({ name }) => name === 'worker-1');
  if (found === undefined) throw new Error('the supervisor runs no worker-1');
  return found;
}
