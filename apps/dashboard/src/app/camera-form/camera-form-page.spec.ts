import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import type { Camera } from '@lookout/contracts';
import { describe, expect, it, vi } from 'vitest';
import { exampleCamera } from '../../testing/examples.ts';
import { setUpPage } from '../../testing/page.ts';
import { Cameras } from '../cameras/cameras.ts';
import { CameraFormPage } from './camera-form-page.ts';

type Answer = [method: string, path: string, status: number, body: unknown];

const gate = exampleCamera({
  version: 2,
  source: { type: 'rtsp', url: 'rtsp://admin:***@10.0.0.5/main', transport: 'tcp' },
});

async function setUp(id: string | undefined, answers: Answer[] = []) {
  const page = setUpPage([gate]);
  const sent: { method: string; path: string; body: unknown; ifMatch: string | null }[] = [];
  page.fetch.mockImplementation((path, { method = 'GET', body, headers }) => {
    const ifMatch = new Headers(headers).get('if-match');
    if (method !== 'GET')
      sent.push({ method, path, body: JSON.parse(body as string) as unknown, ifMatch });
    const index = answers.findIndex((answer) => answer[0] === method && answer[1] === path);
    const [answer] = index === -1 ? [] : answers.splice(index, 1);
    if (answer === undefined) return Promise.reject(new TypeError(`no answer for ${path}`));
    return Promise.resolve(new Response(JSON.stringify(answer[3]), { status: answer[2] }));
  });
  const navigate = vi.spyOn(TestBed.inject(Router), 'navigate').mockResolvedValue(true);
  const fixture = TestBed.createComponent(CameraFormPage);
  if (id !== undefined) fixture.componentRef.setInput('id', id);
  await fixture.whenStable();
  const element = fixture.nativeElement as HTMLElement;
  const box = (selector: string) => {
    const found = element.querySelector<HTMLInputElement>(selector);
    if (found === null) throw new Error(`there is no ${selector}`);
    return found;
  };
  const fill = async (selector: string, value: string, event = 'input') => {
    box(selector).value = value;
    box(selector).dispatchEvent(new Event(event));
    await fixture.whenStable();
  };
  const text = (selector: string) => element.querySelector(selector)?.textContent.trim();
  const settle = async (check: () => void) => {
    await vi.waitFor(async () => {
      await fixture.whenStable();
      check();
    });
  };
  return { ...page, fixture, element, navigate, sent, box, fill, text, settle };
}

describe('CameraFormPage', () => {
  it('makes a camera and opens it', async () => {
    const { box, fill, sent, navigate, settle } = await setUp(undefined, [
      ['POST', '/api/v1/cameras', 201, exampleCamera({ id: 'yard' })],
      ['GET', '/api/v1/cameras', 200, []],
    ]);
    await fill('#name', 'Yard');
    await fill('#url', 'rtsp://10.0.0.5/main');
    box('[type=submit]').click();
    await settle(() => {
      expect(navigate).toHaveBeenCalledExactlyOnceWith(['/cameras', 'yard']);
    });
    expect(sent[0]?.body).toMatchObject({
      name: 'Yard',
      source: { type: 'rtsp', url: 'rtsp://10.0.0.5/main', transport: 'tcp' },
      captureFps: 30,
    });
  });

  it('has the fields of each type of source', async () => {
    const { element, fill } = await setUp(undefined);
    const fields = () =>
      [...element.querySelectorAll('lo-source-fields input')].map(({ id }) => id);
    const seen: Record<string, string[]> = {};
    for (const type of ['rtsp', 'http', 'hls', 'usb', 'file', 'test']) {
      await fill('#type', type, 'change');
      seen[type] = fields();
    }
    const url = ['url'];
    expect(seen).toEqual({
      rtsp: url,
      http: url,
      hls: url,
      usb: ['device'],
      file: ['path'],
      test: [],
    });
  });

  it("shows the server's complaints beside their fields", async () => {
    const errors = [
      { path: 'source.url', message: 'must begin with rtsp://' },
      { path: 'detectFps', message: 'must not be above captureFps (3)' },
    ];
    const { box, fill, text, settle, navigate } = await setUp(undefined, [
      ['POST', '/api/v1/cameras', 400, { title: 'Bad Request', status: 400, errors }],
    ]);
    await fill('#name', 'Yard');
    box('[type=submit]').click();
    await settle(() => {
      expect(text('#url-about .problem')).toBe('must begin with rtsp://');
    });
    expect(text('#detectFps-about .problem')).toBe('must not be above captureFps (3)');
    expect(box('#url').getAttribute('aria-invalid')).toBe('true');
    expect(navigate).not.toHaveBeenCalled();
  });

  it('tests a stored source with its stored password, and a new one with what was typed', async () => {
    const seen = { ok: false, codec: null, width: null, height: null, fps: null, audio: false };
    const result = { ...seen, jpegBase64: null, advice: [], error: 'Nobody answers there.' };
    const { box, fill, text, sent, settle } = await setUp('gate', [
      ['POST', '/api/v1/cameras/probe', 200, result],
      ['POST', '/api/v1/cameras/probe', 200, result],
    ]);
    box('lo-probe button').click();
    await settle(() => {
      expect(text('lo-probe .verdict')).toBe('Nobody answers there.');
    });
    expect(sent[0]?.body).toEqual({ source: gate.source, cameraId: 'gate' });
    await fill('#url', 'rtsp://admin:new@10.0.0.5/main');
    expect(text('lo-probe .verdict')).toBeUndefined();
    box('lo-probe button').click();
    await settle(() => {
      expect(sent[1]?.body).not.toHaveProperty('cameraId');
    });
  });

  it('says what *** is, and sends only what was changed, for the version that was opened', async () => {
    const changed: Camera = { ...gate, liveFps: 10, version: 3 };
    const { box, fill, text, sent, settle } = await setUp('gate', [
      ['PATCH', '/api/v1/cameras/gate', 200, changed],
    ]);
    expect(text('#url-about')).toContain('stands for the stored password');
    expect(box('[type=submit]').disabled).toBe(true);
    await fill('#liveFps', '10');
    box('[type=submit]').click();
    await settle(() => {
      expect(text('.saved')).toContain('Saved');
    });
    expect(sent).toEqual([
      { method: 'PATCH', path: '/api/v1/cameras/gate', body: { liveFps: 10 }, ifMatch: '"2"' },
    ]);
  });

  it('shows who changed it first, and saves over that only when told to', async () => {
    const theirs: Camera = { ...gate, name: 'North gate', version: 3 };
    const entry = { action: 'camera.changed', subject: 'gate', actor: { name: 'Ann' } };
    const { element, box, fill, text, sent, settle } = await setUp('gate', [
      ['PATCH', '/api/v1/cameras/gate', 412, { status: 412 }],
      ['GET', '/api/v1/cameras', 200, [theirs]],
      ['GET', '/api/v1/audit?limit=100', 200, { items: [entry], nextCursor: null }],
      ['PATCH', '/api/v1/cameras/gate', 200, { ...theirs, liveFps: 10, version: 4 }],
    ]);
    await fill('#liveFps', '10');
    box('[type=submit]').click();
    await settle(() => {
      expect(text('lo-conflict h2')).toContain('Ann changed this camera');
    });
    expect(text('lo-conflict li')).toBe('name: Gate → North gate');
    expect(text('lo-conflict')).toContain('saving yours keeps theirs');
    expect(box('[type=submit]').disabled).toBe(true);
    element.querySelector<HTMLButtonElement>('lo-conflict button')?.click();
    await settle(() => {
      expect(element.querySelector('lo-conflict')).toBeNull();
    });
    expect(sent.at(-1)).toMatchObject({ body: { liveFps: 10 }, ifMatch: '"3"' });
    expect(box('#name').value).toBe('North gate');
  });

  it('follows changes made elsewhere while nothing was changed here', async () => {
    const { fixture, box, element } = await setUp('gate');
    TestBed.inject(Cameras).told.set([{ ...gate, name: 'North gate', version: 3 }]);
    await fixture.whenStable();
    expect(box('#name').value).toBe('North gate');
    expect(element.querySelector('lo-conflict')).toBeNull();
  });
});
