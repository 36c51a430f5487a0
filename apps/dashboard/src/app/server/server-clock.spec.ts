import { TestBed } from '@angular/core/testing';
import { ManualClock } from '@lookout/timing';
import { describe, expect, it } from 'vitest';
import { CLOCK } from '../shell/clock.ts';
import { ServerClock } from './server-clock.ts';

/** @param ahead - how far the browser's clock is ahead of the server's, in ms */
function setUp(ahead: number) {
  const browser = new ManualClock();
  TestBed.configureTestingModule({ providers: [{ provide: CLOCK, useValue: browser }] });
  const clock = TestBed.inject(ServerClock);
  const server = () => browser.now() - ahead;
  const date = () => new Date(Math.floor(server() / 1000) * 1000).toUTCString();
  return { browser, clock, server, date };
}

describe('ServerClock', () => {
  it('takes clocks that can agree to agree, and shows a slow connection as age', () => {
    const { browser, clock, server, date } = setUp(0);
    for (let second = 0; second < 5; second += 1) {
      browser.advance(700);
      clock.noteDate(date(), browser.now());
      clock.noteStamp(server() - 3000);
    }
    expect(clock.offset()).toBe(0);
    expect(clock.ageOf(server() - 3000)).toBe(3000);
  });

  it('follows a server that is ahead, so that no age is negative', () => {
    const { clock, server } = setUp(-5000);
    clock.noteStamp(server() - 20);
    expect(clock.offset()).toBe(-4980);
    expect(clock.ageOf(server() - 20)).toBe(0);
    expect(clock.ageOf(server() + 60_000)).toBe(0);
  });

  it('notices by the Date header that the browser is ahead', () => {
    const { browser, clock, server, date } = setUp(10_000);
    for (let sample = 0; sample < 10; sample += 1) {
      browser.advance(4700);
      clock.noteDate(date(), browser.now());
      clock.noteStamp(server() - 15);
    }
    expect(clock.ageOf(server() - 15)).toBeGreaterThanOrEqual(15);
    expect(clock.ageOf(server() - 15)).toBeLessThan(200);
  });

  it('believes the newest when the browser is set to another time', () => {
    const { browser, clock } = setUp(0);
    clock.noteDate(new Date(browser.now()).toUTCString(), browser.now());
    clock.noteStamp(browser.now() - 10);
    const serverNow = browser.now();
    browser.setWall(browser.now() - 60_000);
    clock.noteStamp(serverNow);
    expect(clock.ageOf(serverNow)).toBe(0);
    browser.setWall(browser.now() + 120_000);
    clock.noteDate(new Date(serverNow).toUTCString(), browser.now());
    expect(clock.ageOf(serverNow)).toBeLessThanOrEqual(1000);
  });

  it('forgets bounds after a minute, so that a drifting clock is followed', () => {
    const { browser, clock, server } = setUp(0);
    clock.noteStamp(server() + 4000);
    expect(clock.offset()).toBe(-4000);
    browser.advance(61_000);
    clock.noteStamp(server() - 10);
    expect(clock.offset()).toBe(0);
  });

  it('ignores an answer without a readable date', () => {
    const { browser, clock } = setUp(0);
    clock.noteDate(null, browser.now());
    clock.noteDate('yesterday', browser.now());
    expect(clock.offset()).toBe(0);
  });
});
