import { type Camera, type NewCamera, newCameraSchema, sourceSchema } from '@lookout/contracts';
import { InvalidInput } from '../http/invalid-input.ts';
import { mergePatch, PatchTooDeep } from './merge-patch.ts';

const SET_BY_THE_SERVER = ['id', 'version', 'createdAt', 'updatedAt'];

/** What of a camera its users decide; the rest is the server's. */
export function settingsOf(camera: Camera): NewCamera {
  const { name, enabled, source, captureFps, liveFps, detectFps, frame, detection } = camera;
  return { name, enabled, source, captureFps, liveFps, detectFps, frame, detection };
}

/**
 * A camera's settings after a JSON merge patch. `null` puts a field back to its default.
 * @throws InvalidInput when the result is no camera, or the patch names what the server sets
 */
export function patchedSettings(camera: Camera, patch: unknown): NewCamera {
  if (!isObject(patch)) throw refusal('must be a JSON merge patch, an object');
  const fixed = SET_BY_THE_SERVER.filter((field) => Object.hasOwn(patch, field));
  if (fixed.length > 0) {
    throw new InvalidInput(fixed.map((path) => ({ path, message: 'is set by the server' })));
  }
  const parsed = newCameraSchema.safeParse(merged(settingsOf(camera), patch));
  if (!parsed.success) throw InvalidInput.of(parsed.error);
  return parsed.data;
}

function merged(settings: NewCamera, patch: Readonly<Record<string, unknown>>): unknown {
  const source = sourceFor(patch['source'], settings.source);
  try {
    return mergePatch({ ...settings, source }, patch);
  } catch (error) {
    throw error instanceof PatchTooDeep ? refusal(error.message) : error;
  }
}

/**
 * A patch that names another type of source keeps only what that type knows too. Merged to the
 * letter, the old type's fields would stay and every change of the type would be refused.
 */
function sourceFor(patch: unknown, source: NewCamera['source']): Readonly<Record<string, unknown>> {
  if (!isObject(patch) || patch['type'] === source.type) return source;
  const wanted = sourceSchema.options.find(({ shape }) => shape.type.value === patch['type']);
  if (wanted === undefined) return source;
  return Object.fromEntries(Object.entries(source).filter(([field]) => field in wanted.shape));
}

function refusal(message: string): InvalidInput {
  return new InvalidInput([{ path: '', message }]);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
