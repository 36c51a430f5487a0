import { setTimeout as sleep } from 'node:timers/promises';
import type { PresenceEvent } from '@lookout/contracts';
import { openBrowser } from '@lookout/test-browser';
import type { Page } from 'playwright-core';
import { House } from '../house/house.ts';
import { type EventPageFound, judgeEventPage, type Scroll, tableOf } from './event-page/judge.ts';
import { Crowds } from './events/crowds.ts';
import type { Outcome, Scenario, Stage } from './scenario.ts';

const EVENTS = 10_000;
const CROWD = { cameras: 4, perLook: 64 };
const LOOK_MS = 100;
const SLOW_PX = 30;
const LIST = 'cdk-virtual-scroll-viewport';
/** A page whose height is that of a long list, and nothing to do. */
const PLAIN = `data:text/html,<title>plain</title><div id="list" style="height:100vh;overflow:auto">
  ${'<p>A line of plain text, such as a browser scrolls at its best.</p>'.repeat(10_000)}</div>`;

/** How the page of events scrolls when there are many. */
export const eventPage: Scenario = {
  name: 'event-page',
  about: 'frames of a real Chromium that scrolls through ten thousand events',
  needsBrowser: true,
  notQuick: 'ten thousand events take their time to happen',
  async play(stage: Stage): Promise<Outcome> {
    const house = await House.open(stage.root, stage.clip);
    try {
      await makeEvents(stage, house);
      const browser = await openBrowser();
      try {
        const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
        const found = await scrollThrough(stage, house, page);
        return { table: tableOf(found), findings: judgeEventPage(found), measured: found };
      } finally {
        await browser.close();
      }
    } finally {
      await house.close();
    }
  },
};

/** As they come about: from frames, with pictures. */
async function makeEvents(stage: Stage, house: House): Promise<void> {
  const crowds = await Crowds.gather(house);
  try {
    crowds.begin(CROWD);
    while (crowds.began < EVENTS) await sleep(LOOK_MS);
    const { began } = await crowds.rest();
    stage.say(`${String(began)} events happened`);
  } finally {
    await crowds.disperse();
  }
}

async function scrollThrough(stage: Stage, house: House, page: Page): Promise<EventPageFound> {
  const milliseconds = (stage.wish.seconds / 2) * 1000;
  await page.goto(PLAIN);
  const reference = await scroll(page, 'plain text', '#list', SLOW_PX, milliseconds);
  const { url, token } = house.client.address;
  await page.goto(`${url}/#token=${token}`);
  await page.goto(`${url}/events`);
  await page.locator('[data-event]').first().waitFor();
  const slow = await scroll(
    page,
    `events, ${String(SLOW_PX)} px a frame`,
    LIST,
    SLOW_PX,
    milliseconds,
  );
  stage.say('at reading speed: done; on to the end');
  const height = await page.locator(LIST).evaluate((list) => list.clientHeight);
  const fast = await scroll(page, 'events, a screen a frame', LIST, height, Infinity);
  const last = await page.locator('[data-event]').last().getAttribute('data-event');
  const all = (await house.client.all('/events')) as PresenceEvent[];
  const reached = all.findIndex(({ id }) => id === last) + 1;
  return { reference, slow, fast, events: all.length, reached };
}

/** Scrolls by so much each frame, until the time is over or nothing more comes for a second. */
async function scroll(
  page: Page,
  name: string,
  selector: string,
  pixels: number,
  milliseconds: number,
): Promise<Scroll> {
  const frames = await page.locator(selector).evaluate(
    (list, { pixels, milliseconds }) =>
      new Promise<number[]>((resolve) => {
        const found: number[] = [];
        const began = performance.now();
        let last = began;
        let movedAt = began;
        const step = (): void => {
          const now = performance.now();
          const before = list.scrollTop;
          list.scrollTop += pixels;
          if (list.scrollTop !== before) {
            found.push(now - last);
            movedAt = now;
          }
          last = now;
          if (now - began > milliseconds || now - movedAt > 1000) resolve(found.slice(1));
          else requestAnimationFrame(step);
        };
        requestAnimationFrame(step);
      }),
    { pixels, milliseconds: Math.min(milliseconds, 60_000) },
  );
  const elements = await page.locator('*').count();
  const session = await page.context().newCDPSession(page);
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return { name, frames, elements, heap: usedSize };
}
