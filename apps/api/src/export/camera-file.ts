import { type Camera, cameraIdSchema, sourceSchema } from '@lookout/contracts';
import { parseDocument, stringify } from 'yaml';
import { z } from 'zod';
import { settingsOf } from '../cameras/patched-settings.ts';
import { InvalidInput } from '../http/invalid-input.ts';
import { shownCamera } from '../sources/shown-camera.ts';
import { seal, sealedBoxSchema } from './sealed-box.ts';

/** More than anyone has, and few enough to check them all before the first is taken over. */
const MOST_CAMERAS = 200;

/** A file of cameras, of which the cameras themselves are looked at one by one. */
const cameraFileSchema = z.strictObject({
  format: z.literal('lookout-cameras'),
  version: z.literal(1),
  exportedAt: z.string().optional(),
  cameras: z.array(z.unknown()).max(MOST_CAMERAS),
  secrets: sealedBoxSchema.optional(),
});

export type CameraFile = z.infer<typeof cameraFileSchema>;

/** The sources with their credentials, by the id of their camera. */
export const secretsSchema = z.record(cameraIdSchema, sourceSchema);

/** Writes cameras as YAML. Credentials are `***`, and in the sealed part if there is a passphrase. */
export async function writeCameraFile(
  cameras: readonly Camera[],
  exportedAt: string,
  passphrase?: string,
): Promise<string> {
  const shown = cameras.map((camera) => ({ id: camera.id, ...settingsOf(shownCamera(camera)) }));
  const file = { format: 'lookout-cameras', version: 1, exportedAt, cameras: shown };
  if (passphrase === undefined) return asYaml(file);
  const secrets = Object.fromEntries(
    cameras.filter(({ source }) => 'url' in source).map(({ id, source }) => [id, source]),
  );
  return asYaml({ ...file, secrets: await seal(JSON.stringify(secrets), passphrase) });
}

function asYaml(file: object): string {
  return stringify(file, { aliasDuplicateObjects: false });
}

/**
 * Reads the YAML of a file of cameras. Anchors and aliases, by which a small file unfolds into a
 * huge one, and tags are refused.
 * @throws InvalidInput
 */
export function readCameraFile(text: string): CameraFile {
  const parsed = cameraFileSchema.safeParse(plainYaml(text));
  if (!parsed.success) throw InvalidInput.of(parsed.error);
  return parsed.data;
}

function plainYaml(text: string): unknown {
  try {
    const document = parseDocument(text, { schema: 'core', stringKeys: true, logLevel: 'silent' });
    const [fault] = [...document.errors, ...document.warnings];
    if (fault !== undefined) throw fault;
    return document.toJS({ maxAliasCount: 0 });
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new InvalidInput([{ path: '', message: `is not plain YAML: ${reason}` }]);
  }
}
