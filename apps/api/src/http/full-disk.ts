import { HttpException } from '@nestjs/common';

const INSUFFICIENT_STORAGE = 507;
/** As SQLite and the system name it. */
const FULL = new Set(['SQLITE_FULL', 'ENOSPC']);

/** What could not be kept for want of room: nothing was changed. */
export class FullDisk extends HttpException {
  override readonly name = 'FullDisk';

  constructor(cause: unknown) {
    const detail = 'The disk of the database is full, nothing was changed: make room on it';
    super(detail, INSUFFICIENT_STORAGE, { cause });
  }
}

/** Whether an error says that the disk is full. */
export function isFullDisk(error: unknown): boolean {
  return error instanceof Error && 'code' in error && FULL.has(String(error.code));
}
