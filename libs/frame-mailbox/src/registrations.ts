import type { MailboxCamera } from './frame-mailbox.ts';

/** Carries one wish out in the engine; `undefined` is the wish that the camera be forgotten. */
type CarryOut = (cameraId: string, camera: MailboxCamera | undefined) => Promise<void>;

/**
 * What its user wants to be registered, kept so that it can be said again to an engine that was away
 * or lost its memory.
 */
export class Registrations {
  readonly #carryOut: CarryOut;
  readonly #wanted = new Map<string, MailboxCamera>();
  readonly #unconfirmed = new Set<string>();

  constructor(carryOut: CarryOut) {
    this.#carryOut = carryOut;
  }

  async add(camera: MailboxCamera): Promise<void> {
    this.#wanted.set(camera.cameraId, camera);
    await this.#confirm(camera.cameraId);
  }

  async remove(cameraId: string): Promise<void> {
    this.#wanted.delete(cameraId);
    await this.#confirm(cameraId);
  }

  /** Carries out what failed before. */
  async catchUp(): Promise<void> {
    for (const cameraId of [...this.#unconfirmed]) await this.#confirm(cameraId);
  }

  /** Registers the camera once more. `false`: nobody wants it registered. */
  async restore(cameraId: string): Promise<boolean> {
    if (!this.#wanted.has(cameraId)) return false;
    await this.#confirm(cameraId);
    return true;
  }

  async #confirm(cameraId: string): Promise<void> {
    const camera = this.#wanted.get(cameraId);
    this.#unconfirmed.add(cameraId);
    await this.#carryOut(cameraId, camera);
    // Unless the wish has changed meanwhile.
    if (this.#wanted.get(cameraId) === camera) this.#unconfirmed.delete(cameraId);
  }
}
