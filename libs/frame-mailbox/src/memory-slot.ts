import { compareFrames, type Frame } from '@lookout/contracts';
import type { MailboxCamera, PublishOutcome } from './frame-mailbox.ts';
import { MemoryGroup } from './memory-group.ts';

/** One camera's slot, and the groups that look at it. */
export class MemorySlot {
  readonly #groups = new Map<string, MemoryGroup>();
  #camera: MailboxCamera;
  #frame: Frame | undefined;
  #expiresAt = 0;

  constructor(camera: MailboxCamera) {
    this.#camera = camera;
    this.change(camera);
  }

  get camera(): MailboxCamera {
    return this.#camera;
  }

  change(camera: MailboxCamera): void {
    this.#camera = camera;
    for (const group of this.#groups.keys()) {
      if (!camera.groups.includes(group)) this.#groups.delete(group);
    }
    for (const group of camera.groups) {
      if (!this.#groups.has(group)) this.#groups.set(group, new MemoryGroup());
    }
  }

  /** The group as of now; `undefined`: it does not look at this camera. */
  group(name: string, now: number, beats: (worker: string) => boolean): MemoryGroup | undefined {
    const group = this.#groups.get(name);
    group?.reckon({ now, frameThere: now < this.#expiresAt, beats });
    return group;
  }

  publish(frame: Frame, now: number, beats: (worker: string) => boolean): PublishOutcome {
    const groups = [...this.#groups.keys()].flatMap((name) => this.group(name, now, beats) ?? []);
    if (this.#frame !== undefined && compareFrames(frame, this.#frame) <= 0) return 'repeated';
    this.#frame = frame;
    this.#expiresAt = now + Math.ceil(this.#camera.expiryMs);
    for (const group of groups) group.offer(now);
    return 'accepted';
  }

  /** The frame for a group that is waiting. */
  get frame(): Frame {
    if (this.#frame === undefined) throw new Error('a group waits for a frame that never came');
    return this.#frame;
  }
}
