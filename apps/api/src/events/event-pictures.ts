import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DetectionResult, Frame } from '@lookout/contracts';
import type { Position, Stay } from '@lookout/presence';
import { isWholeJpeg } from '../capture/jpeg.ts';
import { checkRoom, diskRoom } from './disk-room.ts';
import type { StoredEvent, StoredSnapshot } from './events.repository.ts';
import { eventOfPicture, pictureName } from './picture-name.ts';

/** Frames of a camera that are kept for the event logic, which may hear of them a moment later. */
const RECENT = 10;
/** As many are held at most, should the event logic not hear of them at all. */
const MOST = 64;
const STATS_AT_ONCE = 64;
const TRIAL = Buffer.alloc(4096, 'a trial of the disk\n');

interface HeldFrame {
  readonly result: DetectionResult;
  readonly jpeg: Uint8Array;
}

interface Written {
  readonly name: string;
  readonly snapshot: StoredSnapshot;
}

/** A file in the folder of pictures. */
export interface PictureFile {
  readonly name: string;
  readonly eventId: string;
  readonly bytes: number;
  /** ms since the Unix epoch. */
  readonly changedAt: number;
}

/** Pictures of events: frames that may become one, and files of those that did. */
export class EventPictures {
  readonly #folder: string;
  readonly #room: typeof diskRoom;
  readonly #held = new Map<string, Map<string, HeldFrame>>();
  /** The file that an event's row names, for events that go on. */
  readonly #kept = new Map<string, string>();
  /** Newest file of each event whose row does not name it yet. */
  #unkept = new Map<string, Written>();
  /** Files that no row will name. */
  #needless = new Set<string>();

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

  /** An event that goes on has this picture, as its row says. */
  begin(eventId: string, { frame }: Pick<StoredSnapshot, 'frame'>): void {
    this.#kept.set(eventId, pictureName(eventId, frame));
  }

  /**
   * Writes the picture of an event, beside the one before: of its surest look, or while there is no
   * picture at all and that look's frame is not held, of the newest of its looks whose frame is. It is to be told when it
   * is {@link kept}.
   * @returns what it shows; `null` when the row says so already, or no frame is held
   * @throws Error when the disk has no room, or not enough to spare
   */
  async write(
    cameraId: string,
    stay: Pick<Stay, 'id' | 'label' | 'best' | 'startedAt' | 'lastSeenAt'>,
  ): Promise<StoredSnapshot | null> {
    const { id, label, best } = stay;
    const name = pictureName(id, best);
    if (this.#kept.get(id) === name) return null;
    const before = this.#unkept.get(id);
    if (before?.name === name) return before.snapshot;
    const frames = this.#held.get(cameraId);
    const hasNone = before === undefined && !this.#kept.has(id);
    const held = frames?.get(nameOf(best)) ?? (hasNone ? newestOf(frames, stay) : undefined);
    if (held === undefined) return before?.snapshot ?? null;
    const written = await this.#writeFrame(id, label, held);
    this.#unkept.set(id, written);
    if (before !== undefined) this.#needless.add(before.name);
    return written.snapshot;
  }

  /** The rows of these events are written with their snapshots, so what they name no more can go. */
  async kept(events: readonly StoredEvent[]): Promise<void> {
    const needless = this.#needless;
    for (const { name } of this.#unkept.values()) needless.add(name);
    this.#needless = new Set();
    this.#unkept = new Map();
    for (const { id, state, snapshot } of events) {
      const before = this.#kept.get(id);
      if (snapshot !== null) {
        const name = pictureName(id, snapshot.frame);
        if (before !== undefined) needless.add(before);
        needless.delete(name);
        this.#kept.set(id, name);
      }
      if (state === 'ended') this.#kept.delete(id);
    }
    // What cannot be removed now is of no row, and goes with such files later.
    for (const name of needless) await this.removeFile({ name }).catch(() => undefined);
  }

  /** Writes a small file and takes it away. @throws Error when that cannot be done */
  async tryToWrite(): Promise<void> {
    const file = join(this.#folder, `trial-${String(process.pid)}.jpg.new`);
    await this.#draft(file, TRIAL);
    await rm(file);
  }

  /** Every file that is a picture of an event or was to be one; those whose row is to come are not. */
  async files(): Promise<PictureFile[]> {
    const unkept = new Set([...this.#unkept.values()].map(({ name }) => name));
    const names = (await this.#names()).filter((name) => !unkept.has(name));
    const files: PictureFile[] = [];
    for (let from = 0; from < names.length; from += STATS_AT_ONCE) {
      const some = names.slice(from, from + STATS_AT_ONCE);
      const found = await Promise.all(some.map((name) => this.#file(name)));
      files.push(...found.filter((file) => file !== null));
    }
    return files;
  }

  async #file(name: string): Promise<PictureFile | null> {
    const eventId = eventOfPicture(name);
    if (eventId === undefined) return null;
    // It may be renamed or removed meanwhile.
    const found = await stat(join(this.#folder, name)).catch(() => null);
    if (found?.isFile() !== true) return null;
    return { name, eventId, bytes: found.size, changedAt: found.mtimeMs };
  }

  async removeFile({ name }: Pick<PictureFile, 'name'>): Promise<void> {
    await rm(join(this.#folder, name), { force: true });
  }

  /**
   * @param frame - that the event's row names
   * @returns `null` when there is none, or not the whole of it: power was cut before it was written
   */
  async read(eventId: string, frame: Position | null): Promise<Buffer | null> {
    const file = join(this.#folder, pictureName(eventId, frame));
    try {
      const jpeg = await readFile(file);
      return isWholeJpeg(jpeg) ? jpeg : null;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw error;
    }
  }

  /** Removes every file of an event. */
  async remove(eventId: string): Promise<void> {
    this.#kept.delete(eventId);
    this.#unkept.delete(eventId);
    for (const name of await this.#names()) {
      if (eventOfPicture(name) === eventId) await this.removeFile({ name });
    }
  }

  #names(): Promise<string[]> {
    return readdir(this.#folder).catch(() => []);
  }

  async #writeFrame(id: string, label: string, { result, jpeg }: HeldFrame): Promise<Written> {
    const frame = { epoch: result.epoch, sequence: result.sequence };
    const name = pictureName(id, frame);
    const file = join(this.#folder, name);
    await this.#draft(`${file}.new`, jpeg);
    await rename(`${file}.new`, file);
    const detections = result.detections.filter((one) => one.label === label);
    const confidence = Math.max(...detections.map((one) => one.confidence));
    const capturedAt = Math.round(result.capturedAt);
    return { name, snapshot: { frame, capturedAt, confidence, detections } };
  }

  async #draft(file: string, content: Uint8Array): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    checkRoom(await this.#room(this.#folder));
    try {
      // Not flushed: that held up every event behind it, and a row without its picture says so.
      await writeFile(file, content);
    } catch (error) {
      // A part of it would take the room that is missing.
      await rm(file, { force: true });
      throw error;
    }
  }
}

function newestOf(
  frames: ReadonlyMap<string, HeldFrame> | undefined,
  { label, startedAt, lastSeenAt }: Pick<Stay, 'label' | 'startedAt' | 'lastSeenAt'>,
): HeldFrame | undefined {
  return [...(frames?.values() ?? [])].findLast(({ result: { capturedAt, detections } }) => {
    const at = Math.round(capturedAt);
    return at >= startedAt && at <= lastSeenAt && detections.some((one) => one.label === label);
  });
}

function nameOf({ epoch, sequence }: Position): string {
  return `${String(epoch)}.${String(sequence)}`;
}
