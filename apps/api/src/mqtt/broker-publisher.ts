import type { Camera } from '@lookout/contracts';
import type { Clock } from '@lookout/timing';
import { Logger } from '@nestjs/common';
import type { CamerasRepository } from '../cameras/cameras.repository.ts';
import type { FrameFanOut } from '../capture/frame-fan-out.ts';
import type { FrameListener } from '../capture/frame-listener.ts';
import type { DetectionBoard } from '../detections/detection-board.ts';
import type { EventRecorder } from '../events/event-recorder.ts';
import type { CameraWatch } from '../status/camera-watch.ts';
import type { WatchedCamera } from '../status/watched-camera.ts';
import type { BrokerLink } from './broker-link.ts';
import { Discovery } from './discovery.ts';
import { KnownSensors } from './known-sensors.ts';
import { type Message, Publications } from './publications.ts';
import { labelsOf, presenceOf } from './presence.ts';
import type { SensorsRepository } from './sensors.repository.ts';
import type { Sensor, Topics } from './topics.ts';

const LOOK_MS = 250;
const RETRY_MS = 1000;
/** Messages that the broker has not confirmed yet. */
const MOST_UNDER_WAY = 20;

/** What the broker says, and this process too when it ends. */
export function farewell({ status }: Topics): Message {
  return { topic: status, payload: 'offline', retain: true };
}

/** What the publisher works with. */
export interface PublisherParts {
  readonly link: BrokerLink;
  readonly topics: Topics;
  readonly fanOut: Pick<FrameFanOut, 'listen'>;
  readonly watch: Pick<CameraWatch, 'all'>;
  readonly board: Pick<DetectionBoard, 'freshness'>;
  readonly recorder: Pick<EventRecorder, 'memory' | 'onTurn'>;
  readonly cameras: Pick<CamerasRepository, 'list'>;
  readonly sensors: SensorsRepository;
  readonly clock: Clock;
  readonly version: string;
}

/** Keeps a broker told of what is so now, and of each event. */
export class BrokerPublisher implements FrameListener {
  readonly #logger = new Logger('Mqtt');
  readonly #parts: PublisherParts;
  readonly #discovery: Discovery;
  readonly #publications = new Publications();
  readonly #sensors: KnownSensors;
  /** Sensors whose topics are being taken away. */
  readonly #leaving = new Set<Sensor>();
  /** The camera as discovery tells of it, with its labels. */
  readonly #introduced = new Map<string, { camera: Camera; labels: string }>();
  #underWay = 0;
  #isTold = false;
  #stopLooking: () => void = () => undefined;
  #stopped = false;

  constructor(parts: PublisherParts) {
    this.#parts = parts;
    this.#discovery = new Discovery(parts.topics, parts.version);
    this.#sensors = new KnownSensors(parts.sensors);
    parts.fanOut.listen(this);
    parts.recorder.onTurn((notice, change) => {
      const payload = JSON.stringify({ change, ...notice });
      this.#publications.event({ topic: parts.topics.events(notice.cameraId), payload });
      this.#look();
    });
  }

  get droppedEvents(): number {
    return this.#publications.droppedEvents;
  }

  onApplicationBootstrap(): void {
    void this.#begin();
  }

  async onModuleDestroy(): Promise<void> {
    this.#stopped = true;
    this.#stopLooking();
    await this.#parts.link.stop(farewell(this.#parts.topics));
  }

  cameraRemoved(cameraId: string): void {
    this.#introduced.delete(cameraId);
    for (const sensor of this.#sensors.of(cameraId)) this.#takeAway(sensor);
    this.#look();
  }

  async #begin(): Promise<void> {
    try {
      await this.#sensors.load();
      const cameras = new Set((await this.#parts.cameras.list()).map(({ id }) => id));
      for (const sensor of this.#sensors.all()) {
        if (cameras.has(sensor.cameraId)) this.#doubt(sensor);
        else this.#takeAway(sensor);
      }
    } catch (error) {
      this.#logger.error(`The sensors cannot be read: ${String(error)}`);
      if (!this.#stopped) this.#parts.clock.after(RETRY_MS, () => void this.#begin());
      return;
    }
    if (this.#stopped) return;
    this.#stopLooking = this.#parts.clock.every(LOOK_MS, () => {
      this.#look();
    });
    this.#parts.link.start(() => {
      this.#isTold = false;
      this.#publications.renew();
      this.#look();
    });
  }

  /** The broker may still hold what was so before this start. */
  #doubt({ cameraId, label }: Sensor): void {
    const { topics } = this.#parts;
    if (label !== null) {
      this.#publications.tell({ topic: topics.presence(cameraId, label), payload: 'unknown' });
    } else {
      this.#publications.tell({ topic: topics.freshness(cameraId), payload: 'unknown' });
      this.#publications.tell({ topic: topics.state(cameraId), payload: 'starting' });
    }
  }

  #takeAway(sensor: Sensor): void {
    this.#leaving.add(sensor);
    for (const topic of this.#parts.topics.retained(sensor)) {
      this.#publications.tell({ topic, payload: '' });
    }
  }

  #look(): void {
    for (const watched of this.#parts.watch.all()) this.#tellOf(watched);
    this.#send();
  }

  #tellOf(watched: WatchedCamera): void {
    const { camera, capture } = watched;
    const itself: Sensor = { cameraId: camera.id, label: null };
    this.#sensors.keep(itself);
    if (!this.#sensors.has(itself)) return;
    const memory = this.#parts.recorder.memory(camera.id);
    const known = this.#sensors.of(camera.id);
    const told = known.flatMap(({ label }) => label ?? []);
    const seen = memory?.labels.flatMap(({ label, stay }) => (stay === null ? [] : [label])) ?? [];
    const labels = labelsOf(camera, [...told, ...seen]);
    for (const label of labels) this.#sensors.keep({ cameraId: camera.id, label });
    const shown = labels.filter((label) => this.#sensors.has({ cameraId: camera.id, label }));
    this.#introduce(camera, shown, known);

    const { topics } = this.#parts;
    const { freshness } = this.#parts.board.freshness(watched);
    const sight = { camera, freshness, memory, now: this.#parts.clock.now() };
    this.#publications.tell({ topic: topics.state(camera.id), payload: capture.state });
    this.#publications.tell({ topic: topics.freshness(camera.id), payload: freshness });
    for (const label of shown) {
      const payload = presenceOf(sight, label);
      this.#publications.tell({ topic: topics.presence(camera.id, label), payload });
    }
  }

  /** Tells Home Assistant of the camera and its labels, when one of them is new or has changed. */
  #introduce(camera: Camera, shown: readonly string[], known: readonly Sensor[]): void {
    const before = this.#introduced.get(camera.id);
    const labels = JSON.stringify(shown);
    if (before?.camera === camera && before.labels === labels) return;
    this.#introduced.set(camera.id, { camera, labels });
    for (const sensor of known) {
      if (sensor.label === null || shown.includes(sensor.label)) this.#leaving.delete(sensor);
      else this.#takeAway(sensor);
    }
    const truths = shown.map((label) => this.#discovery.presence(camera, label));
    for (const truth of [...this.#discovery.camera(camera), ...truths])
      this.#publications.tell(truth);
  }

  #send(): void {
    const { link } = this.#parts;
    while (link.isConnected && this.#underWay < MOST_UNDER_WAY) {
      const message = this.#publications.next() ?? this.#lastOfAll();
      if (message === undefined) return;
      this.#underWay += 1;
      void link
        .publish(message)
        .then(
          () => {
            if (this.#publications.delivered(message)) this.#forgetWhatLeft();
          },
          // The connection is lost, and everything is told again at the next.
          () => undefined,
        )
        .finally(() => {
          this.#underWay -= 1;
          this.#send();
        });
    }
  }

  /** That Lookout is there is said once nothing at the broker is of an earlier time. */
  #lastOfAll(): Message | undefined {
    if (this.#isTold) return undefined;
    this.#isTold = true;
    return { topic: this.#parts.topics.status, payload: 'online', retain: true };
  }

  #forgetWhatLeft(): void {
    for (const sensor of this.#leaving) {
      const { topics } = this.#parts;
      if (topics.retained(sensor).some((topic) => this.#publications.holds(topic))) continue;
      this.#leaving.delete(sensor);
      this.#sensors.forget(sensor);
    }
  }
}
