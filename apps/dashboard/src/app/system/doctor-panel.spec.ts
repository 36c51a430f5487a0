import { TestBed } from '@angular/core/testing';
import { describe, expect, it, vi } from 'vitest';
import { exampleCamera } from '../../testing/examples.ts';
import { setUpPage } from '../../testing/page.ts';
import type { CameraDiagnosis, DoctorReport } from './doctor.ts';
import { DoctorHint } from './doctor-hint.ts';
import { DoctorPanel } from './doctor-panel.ts';

const diagnosis = (changes: Partial<CameraDiagnosis> = {}): CameraDiagnosis => ({
  cameraId: 'gate',
  limit: 'none',
  severity: 'ok',
  headline: 'All is well',
  evidence: [],
  advice: null,
  also: [],
  ...changes,
});

const slow = diagnosis({
  limit: 'source',
  severity: 'warning',
  headline: 'The camera gives 5 frames a second, and 15 are wanted of it.',
  evidence: [
    { name: 'frames captured', value: 5, unit: 'fps', bound: 30 },
    { name: 'decoder busy', value: null, unit: '%' },
  ],
  advice: 'Raise the frame rate at the camera itself.',
});

const report = (cameras: CameraDiagnosis[]): DoctorReport => ({
  checkedAt: '2026-01-01T00:00:00.000Z',
  host: null,
  cameras,
  findings: null,
});

function text(element: Element | null): string {
  return (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
}

function show<Shown>(type: new () => Shown, answers: (DoctorReport | null)[]) {
  const cameras = ['gate', 'yard'].map((id) => exampleCamera({ id, name: `The ${id}` }));
  const { clock, fetch } = setUpPage(cameras);
  fetch.mockImplementation(() => {
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer === null || answer === undefined) return Promise.reject(new TypeError('gone'));
    return Promise.resolve(new Response(JSON.stringify(answer)));
  });
  const fixture = TestBed.createComponent(type);
  if (type === DoctorHint) fixture.componentRef.setInput('cameraId', 'gate');
  const element = fixture.nativeElement as HTMLElement;
  const settle = (words: string) =>
    vi.waitFor(async () => {
      await fixture.whenStable();
      expect(text(element)).toContain(words);
    });
  clock.advance(0);
  return { clock, fetch, fixture, element, settle };
}

describe('DoctorPanel', () => {
  it('gives each limited camera its row, and the others one calm line', async () => {
    const { element, settle } = show(DoctorPanel, [
      report([diagnosis({ cameraId: 'yard' }), slow]),
    ]);
    await settle('1 limited by nothing: The yard');
    const rows = [...element.querySelectorAll('lo-finding-row')];
    expect(rows).toHaveLength(1);
    const row = text(rows[0] ?? null);
    for (const words of ['The gate', 'source', slow.headline, slow.advice, '5 of 30 fps']) {
      expect(row).toContain(words);
    }
    expect(row).toContain('decoder busynot measured');
  });

  it('says once what holds for several cameras', async () => {
    const none = {
      severity: 'critical',
      headline: 'No worker is running.',
      advice: 'Start one.',
    } as const;
    const cameras = ['gate', 'yard'].map((cameraId) =>
      diagnosis({ cameraId, limit: 'inference', ...none }),
    );
    const findings = [{ part: 'inference' as const, ...none, evidence: [] }];
    const { element, settle } = show(DoctorPanel, [{ ...report(cameras), findings }]);
    await settle('Holds back The gate, The yard');
    expect(element.querySelectorAll('lo-finding-row')).toHaveLength(1);
  });

  it('asks again while it is open, says when nobody answers, and stops when it is closed', async () => {
    const { clock, fetch, fixture, settle } = show(DoctorPanel, [report([slow]), null]);
    await settle('5 of 30 fps');
    clock.advance(4000);
    await settle('What follows is from the last answer, at');
    const asked = fetch.mock.calls.length;
    fixture.destroy();
    await clock.advanceAsync(60_000);
    expect(fetch.mock.calls.length).toBe(asked);
  });
});

describe('DoctorHint', () => {
  it('names the part that holds the camera back', async () => {
    const { element, settle } = show(DoctorHint, [report([slow])]);
    await settle('limit: source');
    expect(element.querySelector('a')?.getAttribute('href')).toBe('/system');
  });

  it('is not there while nobody misses anything', async () => {
    const { element, fetch, fixture } = show(DoctorHint, [
      report([{ ...slow, severity: 'notice' }]),
    ]);
    await vi.waitFor(() => {
      expect(fetch).toHaveBeenCalled();
    });
    await fixture.whenStable();
    expect(text(element)).toBe('');
  });
});
