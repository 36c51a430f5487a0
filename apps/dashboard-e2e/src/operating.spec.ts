import type { Browser, Locator, Page } from 'playwright-core';
import { HttpCamera, mjpeg } from '@lookout/test-cameras';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openBrowser } from '@lookout/test-browser';
import { Lookout } from './lookout.ts';
import { Tile } from './tile.ts';

const PATIENCE = { timeout: 60_000, interval: 200 };
/** Little work for a busy machine: what is tested here is not how fast pictures come. */
const SMALL = { captureFps: 4, frame: { width: 160 }, detection: { enabled: false } };
const NAMES = ['Gate', 'Yard', 'Roof', 'Lift'];

let lookout: Lookout;
let browser: Browser;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  const settings = { LOOKOUT_WORKERS: '0', LOOKOUT_DEMO: 'false' };
  [lookout, browser] = await Promise.all([Lookout.start(settings), openBrowser()]);
  page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  page.setDefaultTimeout(30_000);
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(lookout.link);
});

afterAll(async () => {
  await Promise.allSettled([browser.close(), lookout.stop()]);
});

test('a camera is added after a look at its picture, and is live', async () => {
  await page.getByRole('link', { name: 'Add a camera' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Gate');
  await page.getByLabel('Where its pictures come from').selectOption('test');
  await page.getByRole('button', { name: 'Test', exact: true }).click();
  await page.getByAltText('Picture from this source').waitFor();
  await page.getByLabel('Capture, fps').fill('4');
  await page.getByLabel('Live view, fps').fill('4');
  await page.getByLabel('Detection, fps').fill('4');
  await page.getByRole('switch', { name: 'Look for things in its frames' }).click();
  await page.getByRole('button', { name: 'Add camera' }).click();
  await page.waitForURL('**/cameras/gate');
  const tile = new Tile(page, 'gate');
  await vi.waitFor(async () => {
    expect(await tile.state()).toBe('live');
    expect((await tile.picture()).sequence).toBeGreaterThan(0);
  }, PATIENCE);
});

test('a stored source is tested with the password that nobody is shown', async () => {
  const snapshot = await lookout.call('GET', '/cameras/gate/snapshot.jpg');
  const picture = new Uint8Array(await snapshot.arrayBuffer());
  const login = `Basic ${btoa('admin:s3cret')}`;
  const camera = await HttpCamera.start({
    '/video': (response, authorization) => {
      if (authorization === login) return mjpeg([picture], 4)(response, authorization);
      response.writeHead(401, { 'www-authenticate': 'Basic realm="camera"' }).end();
      return undefined;
    },
  });
  try {
    const source = { type: 'http', url: camera.url('/video', 'admin:s3cret@') };
    await lookout.call('POST', '/cameras', { ...SMALL, name: 'Shed', enabled: false, source });
    await page.goto(new URL('/cameras/shed/settings', lookout.link).href);
    await vi.waitFor(async () => {
      expect(await page.getByLabel('Address').inputValue()).toContain('admin:***@');
    }, PATIENCE);
    await page.getByRole('button', { name: 'Test', exact: true }).click();
    await page.getByAltText('Picture from this source').waitFor();
    expect(await page.content()).not.toContain('s3cret');
  } finally {
    await camera.stop();
  }
  await lookout.call('DELETE', '/cameras/shed');
});

test('what somebody else changed first is shown, and kept beside what is saved here', async () => {
  await page.goto(new URL('/cameras/gate/settings', lookout.link).href);
  await page.getByLabel('Quality, 1 to 100').fill('70');
  await lookout.call('PATCH', '/cameras/gate', { name: 'North gate' });
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const conflict = page.getByRole('alert').filter({ hasText: 'changed this camera' });
  await conflict.waitFor();
  expect(await conflict.textContent()).toContain('North gate');
  await page.getByRole('button', { name: 'Save mine too' }).click();
  await page.getByText('Saved', { exact: true }).waitFor();
  const gate: unknown = await (await lookout.call('GET', '/cameras/gate')).json();
  expect(gate).toMatchObject({ name: 'North gate', frame: { quality: 70 } });
});

test('cameras are sorted, found, switched, and a deletion is taken back', async () => {
  await lookout.call('PATCH', '/cameras/gate', { name: 'Gate' });
  for (const name of NAMES.slice(1)) {
    const camera = { ...SMALL, name, source: { type: 'test' }, enabled: name !== 'Lift' };
    await lookout.call('POST', '/cameras', camera);
  }
  await page.getByRole('link', { name: 'Cameras', exact: true }).click();
  const names = () => page.locator('td.name').allTextContents();
  const listed = async (...expected: string[]) => {
    await vi.waitFor(async () => {
      expect((await names()).map((name) => name.trim())).toEqual(expected);
    }, PATIENCE);
  };
  await listed('Gate', 'Lift', 'Roof', 'Yard');
  await page.getByRole('button', { name: 'Name' }).click();
  await listed('Yard', 'Roof', 'Lift', 'Gate');
  await page.getByRole('button', { name: /^Off/ }).click();
  await listed('Lift');
  await page.getByRole('button', { name: /^All/ }).click();
  await page.getByLabel('Find cameras').fill('yard');
  await listed('Yard');
  await page.getByRole('switch', { name: 'Watch Yard' }).click();
  await vi.waitFor(async () => {
    const yard: unknown = await (await lookout.call('GET', '/cameras/yard')).json();
    expect(yard).toMatchObject({ enabled: false });
  }, PATIENCE);
  await page.getByRole('switch', { name: 'Watch Yard' }).click();
  await page.getByRole('button', { name: 'Delete Yard' }).click();
  await page.getByText('None of 3 cameras is like that.').waitFor();
  await page.getByRole('button', { name: 'Undo the deletion of Yard' }).click();
  await listed('Yard');
});

test('on a phone the cards are sorted by a field of their own, and nothing is wider than the window', async () => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.getByLabel('Find cameras').fill('');
  await page.getByLabel('Sort by').selectOption('By state');
  await vi.waitFor(async () => {
    expect((await page.locator('td.name').last().textContent())?.trim()).toBe('Lift');
  }, PATIENCE);
  expect(await excess()).toBeLessThanOrEqual(0);
  await page.setViewportSize({ width: 1280, height: 800 });
});

test('tiles are ordered by key and by drag, laid out and filled, and all that is remembered', async () => {
  await page.getByRole('link', { name: 'Live', exact: true }).click();
  await inOrder('gate', 'yard', 'roof', 'lift');
  await page.getByTestId('tile-gate').focus();
  await page.keyboard.press('Shift+ArrowRight');
  await inOrder('yard', 'gate', 'roof', 'lift');
  await drag(page.getByTestId('tile-yard'), page.getByTestId('tile-roof'));
  await inOrder('gate', 'roof', 'yard', 'lift');
  await tilesMenu(/Also cameras that are off/);
  await inOrder('gate', 'roof', 'yard');
  await tilesMenu('1 at a time');
  const grid = await box(page.locator('.grid'));
  await vi.waitFor(async () => {
    expect((await box(page.getByTestId('tile-gate'))).width).toBeGreaterThan(grid.width * 0.95);
  }, PATIENCE);

  await page.reload();
  await inOrder('gate', 'roof', 'yard');
  expect((await box(page.getByTestId('tile-gate'))).width).toBeGreaterThan(grid.width * 0.95);

  await page.getByTestId('tile-gate').focus();
  await page.keyboard.press('f');
  await vi.waitFor(async () => {
    expect(await fullScreen()).toBe('gate');
  }, PATIENCE);
  await page.keyboard.press('f');
  await vi.waitFor(async () => {
    expect(await fullScreen()).toBeNull();
  }, PATIENCE);
});

test('a viewer is offered nothing that a viewer may not do, and is led away from it', async () => {
  await page.goto(new URL('/tokens', lookout.link).href);
  await page.getByLabel('Name', { exact: true }).fill('Wall');
  await page.getByLabel('Gate', { exact: true }).check();
  await page.getByRole('button', { name: 'Make token' }).click();
  const token = await page.getByTestId('token').textContent();
  const viewer = await (await browser.newContext()).newPage();
  viewer.setDefaultTimeout(30_000);
  await viewer.goto(`${lookout.address}#token=${token ?? ''}`);
  await new Tile(viewer, 'gate').waitUntilShown();
  expect(await viewer.locator('lo-tile').count()).toBe(1);
  await viewer.getByRole('button', { name: 'More about Gate' }).click();
  const offered = await viewer.getByRole('menuitem').allTextContents();
  expect(offered.join(' ')).not.toMatch(/settings|delete/i);
  await viewer.keyboard.press('Escape');
  await viewer.getByRole('button', { name: 'Signed in as Wall' }).click();
  await viewer.getByRole('menuitem', { name: 'Sign out' }).waitFor();
  expect(await viewer.getByRole('menuitem', { name: /token|audit/i }).count()).toBe(0);
  await viewer.keyboard.press('Escape');

  await viewer.getByRole('link', { name: 'Cameras', exact: true }).click();
  await viewer.locator('td.name').waitFor();
  expect(await viewer.getByRole('switch').count()).toBe(0);
  expect(await viewer.getByRole('link', { name: /add|settings/i }).count()).toBe(0);
  expect(await viewer.getByRole('button', { name: /delete/i }).count()).toBe(0);
  for (const path of ['/tokens', '/audit', '/add-camera', '/cameras/gate/settings']) {
    await viewer.goto(new URL(path, lookout.link).href);
    await new Tile(viewer, 'gate').waitUntilShown();
    expect(new URL(viewer.url()).pathname, path).toBe('/');
  }
  await viewer.context().close();
});

test('nothing went wrong in the page meanwhile', () => {
  expect(complaints).toEqual([]);
});

async function inOrder(...ids: string[]): Promise<void> {
  await vi.waitFor(async () => {
    const shown = await page
      .locator('lo-tile')
      .evaluateAll((tiles) => tiles.map((tile) => tile.getAttribute('data-camera')));
    expect(shown).toEqual(ids);
  }, PATIENCE);
}

async function tilesMenu(item: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: 'Tiles', exact: true }).click();
  await page
    .getByRole('menuitemradio', { name: item })
    .or(page.getByRole('menuitemcheckbox', { name: item }))
    .click();
}

/** By its name line, as a person takes it. */
async function drag(from: Locator, to: Locator): Promise<void> {
  const [start, end] = [await box(from), await box(to)];
  await page.mouse.move(start.x + start.width / 3, start.y + 12);
  await page.mouse.down();
  await page.mouse.move(start.x + start.width / 3, start.y + 30, { steps: 4 });
  await page.mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 12 });
  await page.mouse.up();
}

async function box(locator: Locator) {
  const found = await locator.boundingBox();
  if (found === null) throw new Error('it is not in sight');
  return found;
}

function fullScreen(): Promise<string | null> {
  return page.evaluate(() => document.fullscreenElement?.getAttribute('data-camera') ?? null);
}

function excess(): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
}
