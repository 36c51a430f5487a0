import { TestBed } from '@angular/core/testing';
import type { AuditEntry } from '@lookout/contracts';
import { describe, expect, it, vi } from 'vitest';
import { setUpPage } from '../../testing/page.ts';
import { AuditPage } from './audit-page.ts';

const entry = (id: number, changes: Partial<AuditEntry> = {}): AuditEntry => ({
  id,
  at: '2026-01-01T00:00:00.000Z',
  action: 'camera.changed',
  subject: 'gate',
  actor: { tokenId: 'admin', name: 'Ann' },
  address: '10.0.0.9',
  fields: ['detection.minConfidence'],
  ...changes,
});

describe('AuditPage', () => {
  it('says who did what, and goes back in time', async () => {
    const { fetch } = setUpPage();
    const refused = entry(8, { action: 'session.refused', subject: null, actor: null, fields: [] });
    fetch.mockImplementation((path) =>
      Promise.resolve(
        new Response(
          JSON.stringify(
            path.includes('cursor=8')
              ? { items: [entry(7)], nextCursor: null }
              : { items: [entry(9), refused], nextCursor: '8' },
          ),
        ),
      ),
    );
    const fixture = TestBed.createComponent(AuditPage);
    const element = fixture.nativeElement as HTMLElement;
    const lines = () =>
      [...element.querySelectorAll('.did')].map((did) =>
        did.textContent.replace(/\s+/g, ' ').trim(),
      );
    const settle = (count: number) =>
      vi.waitFor(async () => {
        await fixture.whenStable();
        expect(lines()).toHaveLength(count);
      });
    await settle(2);
    expect(lines()).toEqual([
      'Ann changed the camera gate detection.minConfidence',
      'nobody known was refused at sign-in',
    ]);
    element.querySelector<HTMLButtonElement>('section button')?.click();
    await settle(3);
    expect(element.querySelector('section button')).toBeNull();
  });
});
