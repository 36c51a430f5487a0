import type { Camera, CameraStatus, NewCameraInput, System } from '@lookout/contracts';

/** As many as Lookout hands over at once. */
const PAGE = 200;

interface Page {
  readonly items: readonly unknown[];
  readonly nextCursor: string | null;
}

/** Lookout's REST calls, as any program would make them. */
export class LookoutRest {
  /** Where Lookout is, without a path. */
  readonly url: string;
  readonly #token: string;

  /** @param url - as the api said when it was ready */
  constructor(url: string, token: string) {
    this.url = new URL(url).origin;
    this.#token = token;
  }

  /** Adds a camera. */
  async addCamera(camera: NewCameraInput): Promise<Camera> {
    return (await this.call('POST', '/cameras', camera)) as Camera;
  }

  /** @param changes - a JSON merge patch */
  async changeCamera(id: string, changes: object): Promise<Camera> {
    return (await this.call('PATCH', `/cameras/${id}`, changes)) as Camera;
  }

  /** Deletes a camera. */
  async removeCamera(id: string): Promise<void> {
    await this.call('DELETE', `/cameras/${id}`);
  }

  /** How a camera is doing. */
  async status(id: string): Promise<CameraStatus> {
    return (await this.call('GET', `/cameras/${id}/status`)) as CameraStatus;
  }

  /** How the whole is doing. */
  async system(): Promise<System> {
    return (await this.call('GET', '/system')) as System;
  }

  /**
   * All items of a list that comes in pages, in its order.
   * @param path - after `/api/v1`, without a query
   */
  async all(path: string): Promise<unknown[]> {
    const items: unknown[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const from: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page = (await this.call('GET', `${path}?limit=${String(PAGE)}${from}`)) as Page;
      items.push(...page.items);
      cursor = page.nextCursor;
    }
    return items;
  }

  /**
   * Any call.
   * @param path - after `/api/v1`
   * @throws Error with the server's words when it says no
   */
  async call(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${String(response.status)} ${text}`);
    return text === '' ? null : JSON.parse(text);
  }
}
