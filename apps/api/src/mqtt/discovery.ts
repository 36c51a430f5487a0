import { type Camera, cameraStateSchema, freshnessSchema } from '@lookout/contracts';
import {
  discoveryTopic,
  freshnessTopic,
  presenceObject,
  presenceTopic,
  stateTopic,
  STATUS_TOPIC,
} from './topics.ts';

/** A topic and what is to be read there from now on. */
export interface Truth {
  readonly topic: string;
  readonly payload: string;
}

const isThere = {
  topic: STATUS_TOPIC,
  payload_available: 'online',
  payload_not_available: 'offline',
} as const;

/** Makes Home Assistant show a camera as a device with its state and freshness. */
export function cameraDiscovery(camera: Camera, version: string): Truth[] {
  const { id } = camera;
  const sensor = (object: string, name: string, topic: string, options: readonly string[]) => ({
    topic: discoveryTopic('sensor', id, object),
    payload: JSON.stringify({
      name,
      unique_id: `lookout_${id}_${object}`,
      state_topic: topic,
      device_class: 'enum',
      entity_category: 'diagnostic',
      options,
      availability: [isThere],
      ...about(camera, version),
    }),
  });
  return [
    sensor('state', 'State', stateTopic(id), cameraStateSchema.options),
    sensor('freshness', 'Detection', freshnessTopic(id), freshnessSchema.options),
  ];
}

/**
 * Makes Home Assistant show a label's presence. It is available while detections are fresh, so that
 * what nobody looked for is never shown as "off".
 */
export function presenceDiscovery(camera: Camera, label: string, version: string): Truth {
  const { id } = camera;
  const object = presenceObject(label);
  return {
    topic: discoveryTopic('binary_sensor', id, object),
    payload: JSON.stringify({
      name: label,
      unique_id: `lookout_${id}_${object}`,
      state_topic: presenceTopic(id, label),
      payload_on: 'present',
      payload_off: 'absent',
      // `None` is Home Assistant's word for a state that is not known.
      value_template: "{{ 'None' if value == 'unknown' else value }}",
      device_class: 'occupancy',
      availability_mode: 'all',
      availability: [
        isThere,
        {
          topic: freshnessTopic(id),
          value_template: "{{ 'online' if value == 'fresh' else 'offline' }}",
        },
      ],
      ...about(camera, version),
    }),
  };
}

function about({ id, name }: Camera, version: string) {
  return {
    device: { identifiers: [`lookout_${id}`], name, manufacturer: 'Lookout', model: 'Camera' },
    origin: { name: 'Lookout', sw_version: version },
  };
}
