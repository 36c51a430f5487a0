import type { Camera } from '@lookout/contracts';
import { sourceView } from '../cameras/source-view.ts';
import type { CameraPatch } from '../server/rest-types.ts';
import { draftOf, patchOf } from './camera-draft.ts';

/** A setting that differs between two versions of a camera, in words. */
export interface Change {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

const SETTINGS: readonly { name: string; says: (camera: Camera) => string }[] = [
  { name: 'name', says: ({ name }) => name },
  { name: 'watched', says: ({ enabled }) => (enabled ? 'on' : 'off') },
  { name: 'source', says: sourceWords },
  { name: 'capture', says: ({ captureFps }) => `${String(captureFps)} fps` },
  { name: 'live', says: ({ liveFps }) => `${String(liveFps)} fps` },
  { name: 'detection rate', says: ({ detectFps }) => `${String(detectFps)} fps` },
  { name: 'width', says: ({ frame }) => `${String(frame.width)} px` },
  { name: 'quality', says: ({ frame }) => String(frame.quality) },
  { name: 'detection', says: ({ detection }) => (detection.enabled ? 'on' : 'off') },
  { name: 'model', says: ({ detection }) => detection.model ?? 'the default' },
  { name: 'threshold', says: ({ detection }) => percent(detection.minConfidence) },
  { name: 'weight', says: ({ detection }) => String(detection.weight) },
  { name: 'at least', says: ({ detection }) => `${String(detection.minFps)} fps` },
  { name: 'classes', says: ({ detection }) => detection.classes.join(', ') || 'all' },
  {
    name: 'event starts',
    says: ({ detection: { events } }) =>
      `after ${String(events.minHits)} of ${String(events.window)} results`,
  },
  {
    name: 'event ends',
    says: ({ detection }) => `after ${String(detection.events.endAfterMs)} ms`,
  },
  { name: 'events of', says: ({ detection }) => detection.events.labels.join(', ') || 'all' },
];

/** What somebody else changed between the version that was opened and the one there is now. */
export function changesBetween(before: Camera, now: Camera): Change[] {
  return SETTINGS.map(({ name, says }) => ({ name, from: says(before), to: says(now) })).filter(
    ({ from, to }) => from !== to,
  );
}

/** Whether a patch made for one version would undo something that came with a newer one. */
export function collides(patch: CameraPatch, before: Camera, now: Camera): boolean {
  return overlap(patch, patchOf(before, draftOf(now)));
}

function overlap(a: unknown, b: unknown): boolean {
  if (!isRecord(a) || !isRecord(b)) return true;
  return Object.keys(a).some((name) => name in b && overlap(a[name], b[name]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sourceWords({ source }: Camera): string {
  const { type, place } = sourceView(source);
  const transport = source.type === 'rtsp' ? ` by ${source.transport}` : '';
  return `${type} ${place}${transport}`;
}

function percent(confidence: number): string {
  return `${String(Math.round(confidence * 1000) / 10)} %`;
}
