/** Deeper than any resource of Lookout; below this a patch is nonsense or an attack on the stack. */
const DEEPEST = 16;

/** A patch that is nested more deeply than anything it could be meant for. */
export class PatchTooDeep extends Error {
  constructor() {
    super(`must not be nested more than ${String(DEEPEST)} deep`);
  }
}

/**
 * JSON merge patch (RFC 7396): objects are merged, `null` takes a field away, all else replaces.
 * @throws PatchTooDeep
 */
export function mergePatch(target: unknown, patch: unknown, depth = 0): unknown {
  if (!isObject(patch)) return patch;
  if (depth > DEEPEST) throw new PatchTooDeep();
  const merged = new Map(isObject(target) ? Object.entries(target) : []);
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) merged.delete(key);
    else merged.set(key, mergePatch(merged.get(key), value, depth + 1));
  }
  return Object.fromEntries(merged);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
