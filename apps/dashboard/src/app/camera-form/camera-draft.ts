import type { Camera, NewCameraInput, Source } from '@lookout/contracts';
import type { SourceType } from '../cameras/source-view.ts';

/** A camera as it stands in the form: numbers as typed, and every type's fields, used or not. */
export interface CameraDraft {
  readonly name: string;
  readonly enabled: boolean;
  readonly type: SourceType;
  readonly url: string;
  readonly transport: 'tcp' | 'udp';
  readonly device: string;
  readonly path: string;
  readonly captureFps: string;
  readonly liveFps: string;
  readonly detectFps: string;
  readonly width: string;
  readonly quality: string;
  readonly detect: boolean;
  /** Percent, 1 to 100. */
  readonly threshold: number;
  readonly classes: readonly string[];
}

export const NEW_DRAFT: CameraDraft = {
  name: '',
  enabled: true,
  type: 'rtsp',
  url: '',
  transport: 'tcp',
  device: '/dev/video0',
  path: '',
  captureFps: '30',
  liveFps: '15',
  detectFps: '5',
  width: '640',
  quality: '80',
  detect: true,
  threshold: 40,
  classes: [],
};

export function draftOf(camera: Camera): CameraDraft {
  const { source, frame, detection } = camera;
  return {
    ...NEW_DRAFT,
    ...source,
    name: camera.name,
    enabled: camera.enabled,
    captureFps: String(camera.captureFps),
    liveFps: String(camera.liveFps),
    detectFps: String(camera.detectFps),
    width: String(frame.width),
    quality: String(frame.quality),
    detect: detection.enabled,
    threshold: Math.round(detection.minConfidence * 100),
    classes: detection.classes,
  };
}

/** The source that the draft describes; spaces around it come from copying. */
export function sourceOf(draft: CameraDraft): Source {
  switch (draft.type) {
    case 'rtsp':
      return { type: 'rtsp', url: draft.url.trim(), transport: draft.transport };
    case 'http':
      return { type: 'http', url: draft.url.trim() };
    case 'hls':
      return { type: 'hls', url: draft.url.trim() };
    case 'usb':
      return { type: 'usb', device: draft.device.trim() };
    case 'file':
      return { type: 'file', path: draft.path };
    case 'test':
      return { type: 'test' };
  }
}

/** What is sent to make the camera: a field that was left empty is left to the server. */
export function newCameraOf(draft: CameraDraft): NewCameraInput {
  const { captureFps, liveFps, detectFps, frame, ...rest } = settingsOf(draft);
  return {
    ...rest,
    ...given({ captureFps, liveFps, detectFps }),
    frame: given(frame),
  };
}

/**
 * The merge patch that leads from a camera to the draft: only what the person changed, so that what
 * somebody else changed stays. A field that was emptied goes back to its default.
 */
export function patchOf(camera: Camera, draft: CameraDraft): Record<string, unknown> {
  return difference(settingsOf(draftOf(camera)), settingsOf(draft)) ?? {};
}

function settingsOf(draft: CameraDraft) {
  return {
    name: draft.name,
    enabled: draft.enabled,
    source: sourceOf(draft),
    captureFps: numberOf(draft.captureFps),
    liveFps: numberOf(draft.liveFps),
    detectFps: numberOf(draft.detectFps),
    frame: { width: numberOf(draft.width), quality: numberOf(draft.quality) },
    detection: {
      enabled: draft.detect,
      minConfidence: draft.threshold / 100,
      classes: [...draft.classes],
    },
  };
}

function numberOf(text: string): number | null {
  return text.trim() === '' ? null : Number(text);
}

function given<Fields extends Record<string, number | null>>(
  fields: Fields,
): { [Name in keyof Fields]?: number } {
  const entries = Object.entries(fields).filter(([, value]) => value !== null);
  return Object.fromEntries(entries) as { [Name in keyof Fields]?: number };
}

function difference(
  from: Readonly<Record<string, unknown>>,
  to: Readonly<Record<string, unknown>>,
): Record<string, unknown> | undefined {
  const patch: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(to)) {
    const before = from[name];
    if (JSON.stringify(before) === JSON.stringify(value)) continue;
    // A source is sent whole: which fields it has depends on its type.
    patch[name] =
      name !== 'source' && isRecord(before) && isRecord(value) ? difference(before, value) : value;
  }
  return Object.keys(patch).length === 0 ? undefined : patch;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
