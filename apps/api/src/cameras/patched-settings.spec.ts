import { type Camera, newCameraSchema } from '@lookout/contracts';
import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../http/invalid-input.ts';
import { patchedSettings } from './patched-settings.ts';

const camera: Camera = {
  id: 'gate',
  ...newCameraSchema.parse({
    name: 'Gate',
    source: { type: 'file', path: 'gate.mp4' },
    captureFps: 20,
    frame: { width: 320 },
    detection: { model: 'some-model', classes: ['person'], minConfidence: 0.6 },
  }),
  version: 3,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
};

function pathsOf(patch: unknown): string[] {
  try {
    patchedSettings(camera, patch);
  } catch (error) {
    if (error instanceof InvalidInput) return error.errors.map(({ path }) => path);
    throw error;
  }
  throw new Error('It was accepted');
}

describe('patchedSettings', () => {
  it('leaves everything as it is for an empty patch', () => {
    expect({ ...camera, ...patchedSettings(camera, {}) }).toEqual(camera);
  });

  it('changes only what is named, however deep', () => {
    const changed = patchedSettings(camera, { detection: { minConfidence: 0.9 } });
    expect(changed.detection).toEqual({ ...camera.detection, minConfidence: 0.9 });
    expect({ ...changed, detection: camera.detection }).toEqual({
      ...patchedSettings(camera, {}),
    });
  });

  it.each([
    [{ detection: { model: null } }, { detection: { ...camera.detection, model: null } }],
    [{ detection: { classes: null } }, { detection: { ...camera.detection, classes: [] } }],
    [{ frame: null }, { frame: { width: 640, quality: 80 } }],
    [{ captureFps: null }, { captureFps: 30 }],
    [
      { liveFps: null, detectFps: null, captureFps: 3 },
      { liveFps: 3, detectFps: 3 },
    ],
    [{ enabled: null }, { enabled: true }],
    [{ detection: { classes: ['car'] } }, { detection: { ...camera.detection, classes: ['car'] } }],
  ])('%j gives %j', (patch, expected) => {
    expect(patchedSettings(camera, patch)).toMatchObject(expected);
  });

  it('takes a source of another type without asking for the end of the old fields', () => {
    expect(patchedSettings(camera, { source: { type: 'test' } }).source).toEqual({ type: 'test' });
    const other = patchedSettings(camera, { source: { path: 'other.mp4' } });
    expect(other.source).toEqual({ type: 'file', path: 'other.mp4' });
  });

  it.each([
    [{ name: null }, ['name']],
    [{ source: null }, ['source']],
    [{ source: { path: null } }, ['source.path']],
    [{ source: { type: 'exec' } }, ['source.type']],
    [{ source: { type: 'test', path: 'x' } }, ['source.path']],
    [{ id: 'gate' }, ['id']],
    [{ version: 4, createdAt: 'x' }, ['version', 'createdAt']],
    [{ id: null }, ['id']],
    [{ colour: 'red' }, ['colour']],
    [{ frame: { depth: 1 } }, ['frame.depth']],
    [{ frame: 7 }, ['frame']],
    [{ liveFps: 21 }, ['liveFps']],
    [{ captureFps: 10 }, ['liveFps']],
    [{ name: 'x'.repeat(101) }, ['name']],
    [JSON.parse('{"__proto__":{"admin":true}}'), ['__proto__']],
    [{ constructor: {} }, ['constructor']],
    [[1], ['']],
    ['x', ['']],
    [null, ['']],
    [undefined, ['']],
  ])('refuses %j, naming %j', (patch, paths) => {
    expect(pathsOf(patch)).toEqual(paths);
  });

  it('refuses a patch without end', () => {
    expect(pathsOf(JSON.parse('{"a":'.repeat(9000) + '1' + '}'.repeat(9000)))).toEqual(['']);
  });
});
