import type { Migration } from 'kysely/migration';
import { camerasAndAccess } from './0001-cameras-and-access.ts';
import { rightsAndAudit } from './0002-rights-and-audit.ts';
import { events } from './0003-events.ts';
import { mqttSensors } from './0004-mqtt-sensors.ts';
import { webhooks } from './0005-webhooks.ts';
import { eventLists } from './0006-event-lists.ts';
import { oldDeliveries } from './0007-old-deliveries.ts';
import { failedDeliveries } from './0008-failed-deliveries.ts';

/** In order; a list rather than a folder, because the built api is one file. */
export const migrations: Record<string, Migration> = {
  '0001-cameras-and-access': camerasAndAccess,
  '0002-rights-and-audit': rightsAndAudit,
  '0003-events': events,
  '0004-mqtt-sensors': mqttSensors,
  '0005-webhooks': webhooks,
  '0006-event-lists': eventLists,
  '0007-old-deliveries': oldDeliveries,
  '0008-failed-deliveries': failedDeliveries,
};
