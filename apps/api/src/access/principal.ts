/** What a caller may do; issue by issue the roles below `admin` get their own rights. */
export const ROLES = ['viewer', 'operator', 'admin'] as const;

export type Role = (typeof ROLES)[number];

/** Who is calling, once that is proven. */
export interface Principal {
  readonly role: Role;
  /** Of the token, for a person. */
  readonly name: string;
  /** A session's cookie is sent by browsers unasked, so its use needs more care than a token's. */
  readonly via: 'token' | 'session';
  /** ms since the Unix epoch; `null`: never. */
  readonly expiresAt: number | null;
}
