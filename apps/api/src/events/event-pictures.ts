import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DetectionResult, Frame } from '@lookout/contracts';
import type { Position, Stay } from '@lookout/presence';
import { checkRoom, diskRoom } from './disk-room.ts';
import type { StoredSnapshot } from './events.repository.ts';

/** Frames of a camera that are kept for the event logic, which may hear of them a moment later. */
const RECENT = 10;
/** As many are held at most, should the event logic not hear of them at all. */
const MOST = 64;
const TRIAL = Buffer.alloc(4096, 'a trial of the disk\n');
const PICTURE = /^([0-9a-z-]{8,64})\.jpg(\.new)?$/;

interface HeldFrame {
  readonly result: DetectionResult;
  readonly jpeg: Uint8Array;
}

/** A file in the folder of pictures. */
export interface PictureFile {
  readonly name: string;
  readonly eventId: string;
  /** Not the picture yet, but what may become it. */
  readonly isDraft: boolean;
  readonly bytes: number;
  /** ms since the Unix epoch. */
  readonly changedAt: number;
}

/** Pictures of events: frames that may become one, and files of those that did. */
export class EventPictures {
  readonly #folder: string;
  readonly #room: typeof diskRoom;
  readonly #held = new Map<string, Map<string, HeldFrame>>();
  /** The frame that an event's file shows, for events that go on. */
  readonly #written = new Map<string, string>();

  /**
   * @param folder - where the files are; made when it is needed
   * @param room - tells what is free on its disk
   */
  constructor(folder: string, room = diskRoom) {
    this.#folder = folder;
    this.#room = room;
  }

  /** Keeps an inferred frame in memory for a while, if something was seen in it. */
  hold(result: DetectionResult, frame: Frame): void {
    if (result.detections.length === 0) return;
    const frames = this.#held.get(result.cameraId) ?? new Map<string, HeldFrame>();
    this.#held.set(result.cameraId, frames);
    frames.set(nameOf(result), { result, jpeg: frame.jpeg });
    const [oldest] = frames.keys();
    if (frames.size > MOST && oldest !== undefined) frames.delete(oldest);
  }

  /** Lets go of a camera's frames, but for the newest and those that may still be wanted. */
  release(cameraId: string, wanted: readonly Position[]): void {
    const frames = this.#held.get(cameraId);
    if (frames === undefined) return;
    const kept = new Set([...wanted.map(nameOf), ...[...frames.keys()].slice(-RECENT)]);
    for (const name of frames.keys()) if (!kept.has(name)) frames.delete(name);
  }

  forgetCamera(cameraId: string): void {
    this.#held.delete(cameraId);
  }

  /**
   * Writes the picture of an event, in place of the one before.
   * @returns what it shows; `null` when it shows that already, or the frame is not held
   * @throws Error when the disk has no room, or not enough to spare
   */
  async write(
    cameraId: string,
    { id, label, best, state }: Pick<Stay, 'id' | 'label' | 'best' | 'state'>,
  ): Promise<StoredSnapshot | null> {
    const held = this.#held.get(cameraId)?.get(nameOf(best));
    const isWritten = this.#written.get(id) === nameOf(best);
    if (state === 'ended') this.#written.delete(id);
    if (held === undefined || isWritten) return null;
    const file = this.#file(id);
    // Whoever reads meanwhile gets the one or the other, never half of one.
    await this.#draft(`${file}.new`, held.jpeg);
    await rename(`${file}.new`, file);
    if (state !== 'ended') this.#written.set(id, nameOf(best));
    const detections = held.result.detections.filter((one) => one.label === label);
    const confidence = Math.max(...detections.map((one) => one.confidence));
    return { capturedAt: Math.round(held.result.capturedAt), confidence, detections };
  }

  /** Writes a small file and takes it away. @throws Error when that cannot be done */
  async tryToWrite(): Promise<void> {
    const file = join(this.#folder, `trial-${String(process.pid)}.jpg.new`);
    await this.#draft(file, TRIAL);
    await rm(file);
  }

  /** Every file that is a picture of an event or was to be one. */
  async files(): Promise<PictureFile[]> {
    const files: PictureFile[] = [];
    for (const name of await readdir(this.#folder).catch(() => [])) {
      const [, eventId, draft] = PICTURE.exec(name) ?? [];
      // It may be renamed or removed meanwhile.
      const found = await stat(join(this.#folder, name)).catch(() => null);
      if (eventId === undefined || found?.isFile() !== true) continue;
      const { size: bytes, mtimeMs: changedAt } = found;
      files.push({ name, eventId, isDraft: draft !== undefined, bytes, changedAt });
    }
    return files;
  }

  async removeFile({ name }: PictureFile): Promise<void> {
    await rm(join(this.#folder, name), { force: true });
  }

  /** `null` when there is none. */
  async read(eventId: string): Promise<Buffer | null> {
    return readFile(this.#file(eventId)).catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw error;
    });
  }

  async remove(eventId: string): Promise<void> {
    this.#written.delete(eventId);
    await rm(this.#file(eventId), { force: true });
  }

  async #draft(file: string, content: Uint8Array): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    checkRoom(await this.#room(this.#folder));
    try {
      await writeFile(file, content);
    } catch (error) {
      // A part of it would take the room that is missing.
      await rm(file, { force: true });
      throw error;
    }
  }

  #file(eventId: string): string {
    return join(this.#folder, `${eventId}.jpg`);
  }
}

function nameOf({ epoch, sequence }: Position): string {
  return `${String(epoch)}.${String(sequence)}`;
}
