import type { Camera, Source } from '@lookout/contracts';
import type { SourceType } from '../cameras/source-view.ts';
import type { CameraPatch, NewCamera } from '../server/rest-types.ts';
import { DEFAULT_MODEL } from './models.ts';

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
  /** Id of a model; empty for the catalog's default. */
  readonly model: string;
  /** Percent, 1 to 100. */
  readonly threshold: number;
  readonly classes: readonly string[];
  readonly weight: string;
  readonly minFps: string;
  readonly minHits: string;
  readonly window: string;
  readonly endAfterMs: string;
  /** Labels that make events; none: all that are reported. */
  readonly eventLabels: readonly string[];
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
  model: DEFAULT_MODEL,
  threshold: 40,
  classes: [],
  weight: '1',
  minFps: '0',
  minHits: '3',
  window: '5',
  endAfterMs: '5000',
  eventLabels: [],
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
    model: detection.model ?? DEFAULT_MODEL,
    threshold: Math.round(detection.minConfidence * 100),
    classes: detection.classes,
    weight: String(detection.weight),
    minFps: String(detection.minFps),
    minHits: String(detection.events.minHits),
    window: String(detection.events.window),
    endAfterMs: String(detection.events.endAfterMs),
    eventLabels: detection.events.labels,
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
export function newCameraOf(draft: CameraDraft): NewCamera {
  const { captureFps, liveFps, detectFps, frame, detection, ...rest } = settingsOf(draft);
  const { weight, minFps, events, ...wanted } = detection;
  const { labels, ...presence } = events;
  return {
    ...rest,
    ...given({ captureFps, liveFps, detectFps }),
    frame: given(frame),
    detection: {
      ...wanted,
      ...given({ weight, minFps }),
      events: { ...given(presence), labels },
    },
  };
}

/**
 * The merge patch that leads from a camera to the draft: only what the person changed, so that what
 * somebody else changed stays. A field that was emptied goes back to its default.
 */
export function patchOf(camera: Camera, draft: CameraDraft): CameraPatch {
  const before = settingsOf(draftOf(camera));
  const { frame, detection, ...rest } = settingsOf(draft);
  const inFrame = changed(before.frame, frame);
  const { events, ...look } = detection;
  const inEvents = changed(before.detection.events, events);
  const inDetection = {
    ...changed<Partial<typeof look>>(before.detection, look),
    ...(isEmpty(inEvents) ? {} : { events: inEvents }),
  };
  return {
    // A source is sent whole: which fields it has depends on its type.
    ...changed(before, rest),
    ...(isEmpty(inFrame) ? {} : { frame: inFrame }),
    ...(isEmpty(inDetection) ? {} : { detection: inDetection }),
  };
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
      model: draft.model === DEFAULT_MODEL ? null : draft.model,
      minConfidence: draft.threshold / 100,
      classes: [...draft.classes],
      weight: numberOf(draft.weight),
      minFps: numberOf(draft.minFps),
      events: {
        minHits: numberOf(draft.minHits),
        window: numberOf(draft.window),
        endAfterMs: numberOf(draft.endAfterMs),
        labels: [...draft.eventLabels],
      },
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

/** The fields of `to` that are different in `from`. */
function changed<Fields extends object>(from: Fields, to: Fields): Partial<Fields> {
  const names = Object.keys(to) as (keyof Fields)[];
  const patch: Partial<Fields> = {};
  for (const name of names)
    if (JSON.stringify(from[name]) !== JSON.stringify(to[name])) patch[name] = to[name];
  return patch;
}

function isEmpty(patch: object): boolean {
  return Object.keys(patch).length === 0;
}
