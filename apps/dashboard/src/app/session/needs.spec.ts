import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { describe, expect, it } from 'vitest';
import { needs } from './needs.ts';
import { Session } from './session.ts';

@Component({ selector: 'lo-empty', template: '' })
class Empty {}

function setUp() {
  TestBed.configureTestingModule({
    providers: [
      provideRouter([
        { path: '', component: Empty },
        { path: 'tokens', component: Empty, canActivate: [needs('admin')] },
      ]),
    ],
  });
  const session = TestBed.inject(Session);
  const router = TestBed.inject(Router);
  const enter = (role: 'viewer' | 'operator' | 'admin') => {
    session.role.set(role);
    session.state.set('open');
  };
  return { router, enter };
}

describe('needs', () => {
  it.each([
    ['admin', '/tokens'],
    ['operator', '/'],
    ['viewer', '/'],
  ] as const)('waits for who signs in, and leads %s to %s', async (role, url) => {
    const { router, enter } = setUp();
    const going = router.navigateByUrl('/tokens');
    enter(role);
    await going;
    expect(router.url).toBe(url);
  });
});
