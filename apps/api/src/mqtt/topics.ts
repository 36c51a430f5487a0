/** Tells whether Lookout is there at all; the broker itself says `offline` when it is not. */
export const STATUS_TOPIC = 'lookout/status';

/** A camera, or one label that may be in front of it. */
export interface Sensor {
  readonly cameraId: string;
  /** `null`: the camera itself. */
  readonly label: string | null;
}

export function stateTopic(cameraId: string): string {
  return `lookout/cameras/${cameraId}/state`;
}

export function freshnessTopic(cameraId: string): string {
  return `lookout/cameras/${cameraId}/freshness`;
}

export function eventsTopic(cameraId: string): string {
  return `lookout/cameras/${cameraId}/events`;
}

export function presenceTopic(cameraId: string, label: string): string {
  return `lookout/cameras/${cameraId}/presence/${topicWord(label)}`;
}

/** Where Home Assistant looks for the settings of an entity. */
export function discoveryTopic(
  component: 'sensor' | 'binary_sensor',
  cameraId: string,
  object: string,
): string {
  return `homeassistant/${component}/lookout_${cameraId}/${object}/config`;
}

/** Every topic that the broker retains of a sensor. */
export function retainedTopics({ cameraId, label }: Sensor): string[] {
  if (label !== null) {
    const object = presenceObject(label);
    return [discoveryTopic('binary_sensor', cameraId, object), presenceTopic(cameraId, label)];
  }
  return [
    discoveryTopic('sensor', cameraId, 'state'),
    discoveryTopic('sensor', cameraId, 'freshness'),
    stateTopic(cameraId),
    freshnessTopic(cameraId),
  ];
}

export function presenceObject(label: string): string {
  return `presence_${topicWord(label)}`;
}

/** Home Assistant takes letters, digits, `_` and `-`; anything else is written as its number. */
function topicWord(label: string): string {
  return label
    .replaceAll(/[^\w \-]/gu, (sign) => `-${(sign.codePointAt(0) ?? 0).toString(16)}-`)
    .replaceAll(' ', '_');
}
