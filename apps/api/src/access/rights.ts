import type { Role } from '@lookout/contracts';
import { SetMetadata } from '@nestjs/common';

/** Whom a route lets in. Without a word, reading takes a viewer and all else an admin. */
export interface Rights {
  readonly role?: Role;
  /**
   * What becomes of a caller who is limited to some cameras. `one`: the parameter `id` names a
   * camera, and others do not exist. `in-body`: so does `cameraId` in the body, without which such a
   * caller is refused. `filtered`: the route itself leaves the others out, or concerns no camera.
   * Without a word such a caller is refused.
   */
  readonly cameras?: 'one' | 'in-body' | 'filtered';
}

export const RIGHTS = Symbol('Rights');

/** Says whom a route, or all routes of a controller, let in; a route's own words go first. */
export const Needs = (rights: Rights) => SetMetadata(RIGHTS, rights);
