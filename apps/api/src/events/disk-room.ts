import { statfs } from 'node:fs/promises';

/** Room that pictures leave to the database, or a twentieth of the disk where that is less. */
const RESERVE_BYTES = 50_000_000;
const RESERVE_SHARE = 0.05;

/** Room on a disk, in bytes. */
export interface DiskRoom {
  readonly bytes: number;
  readonly freeBytes: number;
}

export async function diskRoom(folder: string): Promise<DiskRoom> {
  const { blocks, bavail, bsize } = await statfs(folder);
  return { bytes: blocks * bsize, freeBytes: bavail * bsize };
}

/** Whether there is more free than what must be left to others. */
export function hasRoom({ bytes, freeBytes }: DiskRoom): boolean {
  return freeBytes >= reserveOf(bytes);
}

/** @throws Error in words for a person when what is free must be left to others */
export function checkRoom(room: DiskRoom): void {
  if (hasRoom(room)) return;
  const [free, kept] = [room.freeBytes, reserveOf(room.bytes)].map((size) =>
    (size / 1e6).toFixed(1),
  );
  throw new Error(
    `${free ?? ''} MB are free on the disk, and ${kept ?? ''} MB are left to the rest`,
  );
}

function reserveOf(bytes: number): number {
  return Math.min(RESERVE_BYTES, bytes * RESERVE_SHARE);
}
