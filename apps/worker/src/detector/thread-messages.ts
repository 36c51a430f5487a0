import type { Inspection, InspectionOrder, LoadedModel } from './inspector.ts';
import type { TunerSettings } from './thread-tuner.ts';

/** What the detector's thread is asked to do, and what each answer carries. */
export interface ThreadWork {
  load: { order: { model: string | null }; answer: LoadedModel };
  unload: { order: { model: string }; answer: null };
  inspect: { order: InspectionOrder; answer: Inspection };
}

export type ThreadRequest = {
  [Kind in keyof ThreadWork]: { id: number; kind: Kind; order: ThreadWork[Kind]['order'] };
}[keyof ThreadWork];

/** Tells the thread to end, at the next moment in which no native code is at work. */
export const END = 'end';

export type ThreadReply =
  | { id: number; answer: ThreadWork[keyof ThreadWork]['answer'] }
  | { id: number; reason: string; decodedAt: number | undefined };

/** What the thread is told when it starts. */
export interface ThreadSettings extends TunerSettings {
  /** Folder of the catalog and its models. */
  readonly models: string;
  /** `undefined`: the catalog's default. */
  readonly defaultModel: string | undefined;
}
