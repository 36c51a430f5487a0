import { InjectionToken } from '@angular/core';
import { systemClock, type Clock } from '@lookout/timing';

/** Where every wait and every measurement of the page gets its time; tests give a manual one. */
export const CLOCK = new InjectionToken<Clock>('Clock', {
  providedIn: 'root',
  factory: () => systemClock(),
});
