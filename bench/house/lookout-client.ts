import type { Camera, CameraStatus, NewCameraInput, System } from '@lookout/contracts';
import { Viewer } from './viewer.ts';

/** Lookout from outside: its REST calls and its live view, as any program would use them. */
export class LookoutClient {
  readonly #url: string;
  readonly #token: string;
  readonly #viewers = new Set<Viewer>();

  /** @param url - as the api said when it was ready */
  constructor(url: string, token: string) {
    this.#url = new URL(url).origin;
    this.#token = token;
  }

  async addCamera(camera: NewCameraInput): Promise<Camera> {
    return (await this.#call('POST', '/cameras', camera)) as Camera;
  }

  async removeCamera(id: string): Promise<void> {
    await this.#call('DELETE', `/cameras/${id}`);
  }

  async status(id: string): Promise<CameraStatus> {
    return (await this.#call('GET', `/cameras/${id}/status`)) as CameraStatus;
  }

  async system(): Promise<System> {
    return (await this.#call('GET', '/system')) as System;
  }

  /** A viewer that draws nothing and acknowledges at once. */
  async watch(cameraId: string): Promise<Viewer> {
    const viewer = await Viewer.open(this.#url, this.#token, cameraId);
    this.#viewers.add(viewer);
    return viewer;
  }

  close(): void {
    for (const viewer of this.#viewers) viewer.close();
  }

  async #call(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${this.#url}/api/v1${path}`, {
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
