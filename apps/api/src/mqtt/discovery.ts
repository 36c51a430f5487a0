import { type Camera, cameraStateSchema, freshnessSchema } from '@lookout/contracts';
import { presenceObject, type Topics } from './topics.ts';

/** A topic and what is to be read there from now on. */
export interface Truth {
  readonly topic: string;
  readonly payload: string;
}

/** Introduces cameras and labels to Home Assistant. */
export class Discovery {
  readonly #topics: Topics;
  readonly #version: string;

  constructor(topics: Topics, version: string) {
    this.#topics = topics;
    this.#version = version;
  }

  /** Makes Home Assistant show a camera as a device with its state and freshness. */
  camera(camera: Camera): Truth[] {
    const { id } = camera;
    const sensor = (object: string, name: string, topic: string, options: readonly string[]) => ({
      topic: this.#topics.discovery('sensor', id, object),
      payload: JSON.stringify({
        name,
        unique_id: `${this.#topics.device(id)}_${object}`,
        state_topic: topic,
        device_class: 'enum',
        entity_category: 'diagnostic',
        options,
        availability: [this.#isThere()],
        ...this.#about(camera),
      }),
    });
    return [
      sensor('state', 'State', this.#topics.state(id), cameraStateSchema.options),
      sensor('freshness', 'Detection', this.#topics.freshness(id), freshnessSchema.options),
    ];
  }

  /**
   * Makes Home Assistant show a label's presence. It is available while detections are fresh, so that
   * what nobody looked for is never shown as "off".
   */
  presence(camera: Camera, label: string): Truth {
    const { id } = camera;
    const object = presenceObject(label);
    return {
      topic: this.#topics.discovery('binary_sensor', id, object),
      payload: JSON.stringify({
        name: label,
        unique_id: `${this.#topics.device(id)}_${object}`,
        state_topic: this.#topics.presence(id, label),
        payload_on: 'present',
        payload_off: 'absent',
        // `None` is Home Assistant's word for a state that is not known.
        value_template: "{{ 'None' if value == 'unknown' else value }}",
        device_class: 'occupancy',
        availability_mode: 'all',
        availability: [
          this.#isThere(),
          {
            topic: this.#topics.freshness(id),
            value_template: "{{ 'online' if value == 'fresh' else 'offline' }}",
          },
        ],
        ...this.#about(camera),
      }),
    };
  }

  #isThere() {
    return {
      topic: this.#topics.status,
      payload_available: 'online',
      payload_not_available: 'offline',
    };
  }

  #about({ id, name }: Camera) {
    const identifiers = [this.#topics.device(id)];
    return {
      device: { identifiers, name, manufacturer: 'Lookout', model: 'Camera' },
      origin: { name: 'Lookout', sw_version: this.#version },
    };
  }
}
