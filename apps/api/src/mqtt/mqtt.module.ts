import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import type { Config } from '@lookout/config';
import type { Clock } from '@lookout/timing';
import { Module } from '@nestjs/common';
import { Counter, Gauge } from 'prom-client';
import { CAMERAS_REPOSITORY, type CamerasRepository } from '../cameras/cameras.repository.ts';
import { CaptureModule } from '../capture/capture.module.ts';
import { FrameFanOut } from '../capture/frame-fan-out.ts';
import { DetectionBoard } from '../detections/detection-board.ts';
import { DetectionsModule } from '../detections/detections.module.ts';
import { EventRecorder } from '../events/event-recorder.ts';
import { EventsModule } from '../events/events.module.ts';
import { HealthModule } from '../health/health.module.ts';
import { OptionalParts } from '../health/optional-parts.ts';
import { CameraWatch } from '../status/camera-watch.ts';
import { Metrics } from '../status/metrics.ts';
import { WatchModule } from '../status/watch.module.ts';
import { CLOCK, CONFIG, VERSION } from '../tokens.ts';
import { BrokerLink } from './broker-link.ts';
import { BrokerPublisher, farewell } from './broker-publisher.ts';
import { SENSORS_REPOSITORY, type SensorsRepository } from './sensors.repository.ts';
import { Topics } from './topics.ts';

type Parts = [
  BrokerLink,
  Topics,
  FrameFanOut,
  CameraWatch,
  DetectionBoard,
  EventRecorder,
  CamerasRepository,
  SensorsRepository,
  Clock,
  string,
];

/** Tells an MQTT broker what is so now; only there when one is set. */
@Module({
  imports: [CaptureModule, WatchModule, DetectionsModule, EventsModule, HealthModule],
  providers: [
    {
      provide: Topics,
      useFactory: ({ mqttUrl = '' }: Config) => Topics.of(mqttUrl),
      inject: [CONFIG],
    },
    {
      provide: BrokerLink,
      useFactory: ({ mqttUrl: url = '', dataDir }: Config, topics: Topics, clock: Clock) =>
        new BrokerLink({ url, clientId: clientId(dataDir), will: farewell(topics), clock }),
      inject: [CONFIG, Topics, CLOCK],
    },
    {
      provide: BrokerPublisher,
      useFactory: (
        ...[link, topics, fanOut, watch, board, recorder, cameras, sensors, clock, version]: Parts
      ) =>
        new BrokerPublisher({
          ...{ link, topics, fanOut, watch, board, recorder },
          ...{ cameras, sensors, clock, version },
        }),
      inject: [
        ...[BrokerLink, Topics, FrameFanOut, CameraWatch, DetectionBoard, EventRecorder],
        ...[CAMERAS_REPOSITORY, SENSORS_REPOSITORY, CLOCK, VERSION],
      ],
    },
  ],
})
export class MqttModule {
  constructor(
    link: BrokerLink,
    publisher: BrokerPublisher,
    parts: OptionalParts,
    { registry }: Metrics,
  ) {
    parts.add('mqtt', () => link.trouble);
    new Gauge({
      name: 'lookout_mqtt_connected',
      help: '1 while the MQTT broker is connected; absent when none is set',
      registers: [registry],
      collect() {
        this.set(link.isConnected ? 1 : 0);
      },
    });
    new Counter({
      name: 'lookout_mqtt_events_dropped_total',
      help: 'Events that the MQTT broker did not take in time; absent when none is set',
      registers: [registry],
      collect() {
        this.reset();
        this.inc(publisher.droppedEvents);
      },
    });
  }
}

/** The same at each start of this installation. */
function clientId(dataDir: string): string {
  const place = createHash('sha256').update(`${hostname()} ${dataDir}`).digest('hex');
  return `lookout-${place.slice(0, 12)}`;
}
