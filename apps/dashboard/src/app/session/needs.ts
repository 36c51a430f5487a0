import { inject } from '@angular/core';
import { toObservable } from '@angular/core/rxjs-interop';
import { type CanActivateFn, Router } from '@angular/router';
import type { Role } from '@lookout/contracts';
import { filter, map, take } from 'rxjs';
import { Session } from './session.ts';

/** Lets a page be opened by who has this role; everybody else gets to the live page. */
export function needs(role: Role): CanActivateFn {
  return () => {
    const session = inject(Session);
    const router = inject(Router);
    // Until somebody is signed in nothing is shown anyway.
    return toObservable(session.state).pipe(
      filter((state) => state === 'open'),
      take(1),
      map(() => session.may(role) || router.parseUrl('/')),
    );
  };
}
