/** A camera, or one label that may be in front of it. */
export interface Sensor {
  readonly cameraId: string;
  /** `null`: the camera itself. */
  readonly label: string | null;
}

/** What stands before the topics of an installation whose broker's address has no path. */
const DEFAULT_ROOT = 'lookout';

/** Names of an installation's topics, all below one root. */
export class Topics {
  readonly #root: string;

  constructor(root = DEFAULT_ROOT) {
    this.#root = root;
  }

  /** The root is the path of the broker's address. */
  static of(mqttUrl: string): Topics {
    const { pathname } = new URL(mqttUrl);
    const root = pathname.replaceAll(/^\/+|\/+$/g, '');
    return new Topics(root === '' ? DEFAULT_ROOT : root);
  }

  /** Tells whether Lookout is there at all; the broker itself says `offline` when it is not. */
  get status(): string {
    return `${this.#root}/status`;
  }

  state(cameraId: string): string {
    return `${this.#root}/cameras/${cameraId}/state`;
  }

  freshness(cameraId: string): string {
    return `${this.#root}/cameras/${cameraId}/freshness`;
  }

  events(cameraId: string): string {
    return `${this.#root}/cameras/${cameraId}/events`;
  }

  presence(cameraId: string, label: string): string {
    return `${this.#root}/cameras/${cameraId}/presence/${topicWord(label)}`;
  }

  /** Name of a camera among all that Home Assistant knows. */
  device(cameraId: string): string {
    return `${this.#root.replaceAll('/', '_')}_${cameraId}`;
  }

  /** Where Home Assistant looks for the settings of an entity. */
  discovery(component: 'sensor' | 'binary_sensor', cameraId: string, object: string): string {
    return `homeassistant/${component}/${this.device(cameraId)}/${object}/config`;
  }

  /** Every topic that the broker retains of a sensor. */
  retained({ cameraId, label }: Sensor): string[] {
    if (label !== null) {
      const object = presenceObject(label);
      return [this.discovery('binary_sensor', cameraId, object), this.presence(cameraId, label)];
    }
    return [
      this.discovery('sensor', cameraId, 'state'),
      this.discovery('sensor', cameraId, 'freshness'),
      this.state(cameraId),
      this.freshness(cameraId),
    ];
  }
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
