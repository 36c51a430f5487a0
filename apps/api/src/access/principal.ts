import { type Role, ROLES } from '@lookout/contracts';

/** Who is calling, once that is proven. */
export interface Principal {
  readonly tokenId: string;
  /** Of the token, for a person. */
  readonly name: string;
  readonly role: Role;
  /** The only cameras that there are for this caller; `null`: all. */
  readonly cameraIds: readonly string[] | null;
  /** A session's cookie is sent by browsers unasked, so its use needs more care than a token's. */
  readonly via: 'token' | 'session';
  /** ms since the Unix epoch; `null`: never. */
  readonly expiresAt: number | null;
}

/** Whether the caller's role is this one or a higher one. */
export function hasRole({ role }: Pick<Principal, 'role'>, wanted: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(wanted);
}

/** Whether this camera is there for the caller. */
export function maySee({ cameraIds }: Pick<Principal, 'cameraIds'>, cameraId: string): boolean {
  return cameraIds === null || cameraIds.includes(cameraId);
}
