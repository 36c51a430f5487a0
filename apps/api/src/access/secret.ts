import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** @returns 32 random bytes as text: too many to guess, so a plain fast hash protects them */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** @returns hexadecimal SHA-256 */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** Compares two hashes in a time that says nothing of where they differ. */
export function equalHashes(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
