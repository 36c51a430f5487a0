import { TestBed } from '@angular/core/testing';
import type { CameraStatus } from '@lookout/contracts';
import { afterEach, describe, expect, it } from 'vitest';
import { setInSight } from '../../testing/browser-stubs.ts';
import {
  exampleBooks,
  exampleCamera,
  exampleDetection,
  exampleFrame,
  exampleResult,
  exampleStatus,
} from '../../testing/examples.ts';
import { setUpPage } from '../../testing/page.ts';
import { Tile } from './tile.ts';

async function setUp() {
  const page = setUpPage();
  const watch = page.watches.of(exampleCamera());
  const fixture = TestBed.createComponent(Tile);
  fixture.componentRef.setInput('watch', watch);
  await fixture.whenStable();
  setInSight(true);
  const element = fixture.nativeElement as HTMLElement;
  const text = (selector: string) => element.querySelector(selector)?.textContent.trim() ?? null;
  const renew = async () => {
    watch.refresh();
    await fixture.whenStable();
  };
  const hear = async (changes: Partial<CameraStatus> = {}) => {
    page.client.receive('status', exampleStatus(changes));
    await renew();
  };
  await renew();
  return { ...page, watch, fixture, element, text, renew, hear };
}

const unknown = (reason: string) =>
  ({ freshness: 'unknown', reason, model: null, at: null, share: null }) as const;

function setHidden(hidden: boolean): void {
  Object.defineProperty(document, 'visibilityState', {
    configurable: true,
    value: hidden ? 'hidden' : 'visible',
  });
  document.dispatchEvent(new Event('visibilitychange'));
}

afterEach(() => {
  setHidden(false);
});

describe('Tile', () => {
  it('never leaves the picture of one camera in the place of another', async () => {
    const { client, watches, fixture, element } = await setUp();
    const canvas = element.querySelector('canvas');
    if (canvas === null) throw new Error('there is no canvas');
    canvas.width = 640;
    const yard = exampleCamera({ id: 'yard', name: 'Yard' });
    fixture.componentRef.setInput('watch', watches.of(yard));
    await fixture.whenStable();
    expect(canvas.width).toBe(0);
    setInSight(true);
    await fixture.whenStable();
    const watched = client.sent.filter(([event]) => event === 'watch');
    expect(watched.at(-1)?.[1]).toMatchObject({ cameraId: 'yard' });
  });

  it('says that it waits before anything is known', async () => {
    const { text } = await setUp();
    expect(text('[data-testid=state]')).toBe('not known');
    expect(text('lo-camera-stage')).toContain('Waiting for the first picture');
  });

  it('shows what was seen and when, the rates, the times and what was missed', async () => {
    const { clock, client, watch, element, text, hear } = await setUp();
    watch.drawn(exampleFrame({ capturedAt: clock.now() - 12 }));
    const detections = ['car', 'person', 'car'].map((label) => exampleDetection({ label }));
    const capturedAt = clock.now() - 70;
    const completedAt = clock.now();
    client.receive('detections', exampleResult({ capturedAt, completedAt, detections }));
    await hear({ books: exampleBooks({ overwritten: 1200, failed: 0, abandoned: 0 }) });
    expect(text('[data-testid=state]')).toBe('live');
    expect(element.querySelector('[data-testid=freshness]')?.getAttribute('data-freshness')).toBe(
      'fresh',
    );
    expect(text('[data-testid=freshness]')).toBe('seen 0.1 s ago');
    expect(text('.seen')?.replace(/\s+/g, ' ')).toBe('2 car 1 person');
    const figures = Object.fromEntries(
      [...element.querySelectorAll('lo-figures-line dt')].map((name) => [
        name.textContent,
        name.nextElementSibling?.textContent,
      ]),
    );
    expect(figures).toEqual({
      capture: '30.0',
      live: '15.0',
      offered: '5.0',
      detected: '5.0',
      inference: '48 ms',
      picture: '12 ms',
      result: '70 ms',
      missed: '1,200',
    });
    expect(text('[data-testid=banner]')).toBeNull();
  });

  it('says that the detector looked and saw nothing', async () => {
    const { clock, client, text, hear } = await setUp();
    client.receive('detections', exampleResult({ completedAt: clock.now(), detections: [] }));
    await hear();
    expect(text('.seen')).toBe('nothing seen');
  });

  it('says why detection is unknown, and nothing about what might be there', async () => {
    const { clock, client, watch, text, hear } = await setUp();
    watch.drawn(exampleFrame({ capturedAt: clock.now() }));
    client.receive('detections', exampleResult({ completedAt: clock.now() }));
    await hear({ detection: unknown('No worker is running.') });
    expect(text('[data-testid=banner]')).toContain('No worker is running.');
    expect(text('[data-testid=freshness]')).toBe('unknown · seen 0.0 s ago');
    expect(text('.seen')).toBe('');
  });

  it('says what happened to a camera that failed, since when and what to do', async () => {
    const { clock, watch, element, text, hear } = await setUp();
    watch.drawn(exampleFrame({ capturedAt: clock.now() }));
    clock.advance(6000);
    const since = new Date(clock.now()).toISOString();
    const reason = 'The file yard.mp4 is missing.';
    await hear({ state: 'failed', since, reason, detection: unknown('The camera is failed.') });
    const banner = element.querySelector<HTMLElement>('[data-testid=banner]');
    expect(banner?.dataset['tone']).toBe('red');
    expect(banner?.textContent).toMatch(/Failed since \d\d:\d\d:\d\d/);
    expect(banner?.textContent).toContain(reason);
    expect(banner?.textContent).toContain('Put the source right');
    expect(banner?.textContent).toContain('The picture is 6.0 s old.');
    expect(element.querySelector('.frame.old')).not.toBeNull();
    expect(text('[data-testid=state]')).toBe('failed');
  });

  it.each(['starting', 'stalled', 'reconnecting', 'disabled'] as const)(
    'has a banner and a word of its own for a camera that is %s',
    async (state) => {
      const { text, hear } = await setUp();
      await hear({ state, detection: unknown('') });
      expect(text('[data-testid=banner] strong')).not.toBeNull();
      expect(text('[data-testid=state]')).toBe(state === 'disabled' ? 'off' : state);
    },
  );

  it('keeps the picture, greyed and with its age, when the connection is lost', async () => {
    const { clock, client, watch, element, text, hear, renew } = await setUp();
    watch.drawn(exampleFrame({ capturedAt: clock.now() }));
    await hear();
    client.receive('disconnect', 'transport close');
    clock.advance(12_000);
    await renew();
    expect(text('[data-testid=banner]')).toContain('The picture is 12 s old.');
    expect(element.querySelector('.frame.old')).not.toBeNull();
    expect(text('[data-testid=state]')).toBe('not known');
    expect(text('lo-figures-line dd')).toBe('–');
  });

  it('changes the mode by its switch and watches anew', async () => {
    const { client, fixture, element } = await setUp();
    const button = element.querySelector<HTMLButtonElement>('[role=switch]');
    expect(button?.getAttribute('aria-checked')).toBe('false');
    button?.click();
    await fixture.whenStable();
    expect(button?.getAttribute('aria-checked')).toBe('true');
    expect(client.sent.at(-1)?.slice(0, 2)).toEqual(['watch', { cameraId: 'gate', mode: 'exact' }]);
  });

  it('watches only while it is on the screen and the page can be seen', async () => {
    const { client, fixture } = await setUp();
    const sent = async () => {
      await fixture.whenStable();
      return client.sent.splice(0).map(([event]) => event);
    };
    expect(await sent()).toEqual(['watch']);
    setInSight(false);
    expect(await sent()).toEqual(['unwatch']);
    setInSight(true);
    expect(await sent()).toEqual(['watch']);
    setHidden(true);
    expect(await sent()).toEqual(['unwatch']);
    setHidden(false);
    expect(await sent()).toEqual(['watch']);
    fixture.destroy();
    expect(client.sent.map(([event]) => event)).toEqual(['unwatch']);
  });

  it('has a name for a screen reader, and one for each control', async () => {
    const { element, hear } = await setUp();
    await hear({ detection: unknown('No worker is running.') });
    expect(element.getAttribute('aria-label')).toBe('Gate, live, detection unknown');
    for (const control of element.querySelectorAll('button, a, [role=img]')) {
      const name = control.getAttribute('aria-label') ?? control.textContent.trim();
      expect(name, control.outerHTML).not.toBe('');
    }
  });

  it('unfolds its figures', async () => {
    const { fixture, element } = await setUp();
    element.querySelector<HTMLButtonElement>('.fold')?.click();
    await fixture.whenStable();
    expect(element.classList).toContain('unfolded');
    expect(element.querySelector('.fold')?.getAttribute('aria-expanded')).toBe('true');
  });
});
