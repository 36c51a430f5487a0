import { cameras } from './cameras.ts';
import { deliveries } from './deliveries.ts';
import { efficiency } from './efficiency.ts';
import { eventPage } from './event-page.ts';
import { events } from './events.ts';
import { idle } from './idle.ts';
import { live } from './live.ts';
import { queue } from './queue.ts';
import { sample } from './sample.ts';
import type { Scenario } from './scenario.ts';
import { soak } from './soak.ts';
import { tuning } from './tuning.ts';
import { viewers } from './viewers.ts';

/** Everything that the bench can measure, in the order in which it does. */
export const scenarios: readonly Scenario[] = [
  idle,
  efficiency,
  live,
  sample,
  queue,
  cameras,
  viewers,
  events,
  eventPage,
  deliveries,
  soak,
  tuning,
];
