import type { Model } from '@lookout/contracts';
import type { Choice } from '../fields/select-field.ts';

/** Stands for the model of whoever names none. */
export const DEFAULT_MODEL = '';

/** What there is to choose from, a model that only this camera names included. */
export function modelChoices(models: readonly Model[], chosen: string): Choice[] {
  const usual = models.find(({ isDefault }) => isDefault);
  const known = models.map(({ id, title, installed }) => ({
    value: id,
    words: installed ? title : `${title} (not installed)`,
  }));
  const strange = chosen !== DEFAULT_MODEL && !models.some(({ id }) => id === chosen);
  return [
    {
      value: DEFAULT_MODEL,
      words: usual === undefined ? 'Catalog default' : `Catalog default: ${usual.title}`,
    },
    ...known,
    ...(strange ? [{ value: chosen, words: chosen }] : []),
  ];
}

/** The model that a choice stands for; `undefined` while it is not known. */
export function chosenModel(models: readonly Model[], chosen: string): Model | undefined {
  return models.find(({ id, isDefault }) => (chosen === DEFAULT_MODEL ? isDefault : id === chosen));
}

/** What to know about the chosen model. */
export function modelHint(model: Model | undefined): string {
  if (model === undefined || model.installed) return '';
  return `Its file is not there yet, so nothing is looked for until it is: npm run models -- get ${model.id}`;
}
