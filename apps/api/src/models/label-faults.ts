import type { DetectionSettings } from '@lookout/contracts';
import type { CatalogModel } from '@lookout/model-catalog';
import type { InputError } from '../http/invalid-input.ts';
import { nearLabels } from './near-labels.ts';

/** A label that a camera names, and the path of the field. */
export interface NamedLabel {
  readonly path: string;
  readonly label: string;
}

/** What a camera names, but for what it named in the same list before. */
export function newLabels(
  { classes, events }: DetectionSettings,
  before?: DetectionSettings,
): NamedLabel[] {
  return [
    ...without('detection.classes', classes, before?.classes),
    ...without('detection.events.labels', events.labels, before?.events.labels),
  ];
}

/** Complaints about the labels that a model does not know: nothing would ever be called so. */
export function labelFaults(named: readonly NamedLabel[], model: CatalogModel): InputError[] {
  return named
    .filter(({ label }) => !model.labels.includes(label))
    .map(({ path, label }) => {
      const near = nearLabels(label, model.labels).map((name) => `"${name}"`);
      const help =
        near.length === 0
          ? 'GET /api/v1/models lists what it knows'
          : `did you mean ${near.join(' or ')}?`;
      return { path, message: `the model "${model.id}" does not know "${label}": ${help}` };
    });
}

function without(
  path: string,
  labels: readonly string[],
  known: readonly string[] = [],
): NamedLabel[] {
  return labels
    .map((label, index) => ({ path: `${path}.${String(index)}`, label }))
    .filter(({ label }) => !known.includes(label));
}
