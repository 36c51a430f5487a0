import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { catalogSchema, type Licence, type ModelSource } from './catalog-schema.ts';
import { ModelError, readFailure } from './model-error.ts';

/** One model of the catalog, with everything that is known of it. */
export interface CatalogModel {
  readonly id: string;
  /** What it is, in a line for a person. */
  readonly title: string;
  /** Where its file is, or will be once it was got. */
  readonly file: string;
  /** SHA-256 that its file must have, in hexadecimal. */
  readonly sha256: string;
  /** Side of its square input in pixels. */
  readonly input: number;
  /** Names of its classes, by id. */
  readonly labels: readonly string[];
  readonly licence: Licence;
  readonly source: ModelSource;
}

/** The models that this installation knows. */
export interface Catalog {
  /** Used when no model is named. */
  readonly defaultId: string;
  readonly models: readonly CatalogModel[];
}

/**
 * Reads the catalog.
 * @param folder - holds `catalog.json`, and the models' files in a folder for each
 * @throws ModelError when it is missing or not valid
 */
export async function readCatalog(folder: string): Promise<Catalog> {
  const file = join(folder, 'catalog.json');
  const name = join(basename(folder), 'catalog.json');
  const parsed = catalogSchema.safeParse(await readJson(file, name));
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
    throw new ModelError('catalog-broken', `${name} is not a valid catalog: ${faults.join('; ')}`);
  }
  const { models, sources, labels } = parsed.data;
  return {
    defaultId: parsed.data.default,
    models: models.flatMap((entry) => {
      const source = sources[entry.source];
      const names = labels[entry.labels];
      if (source === undefined || names === undefined) return [];
      const path = join(folder, entry.id, 'model.onnx');
      return [{ ...entry, source, labels: names, licence: source.licence, file: path }];
    }),
  };
}

/**
 * Finds a model of the catalog.
 * @param id - default: the catalog's default
 * @throws ModelError when there is none of that name
 */
export function findModel(catalog: Catalog, id: string = catalog.defaultId): CatalogModel {
  const model = catalog.models.find((candidate) => candidate.id === id);
  if (model !== undefined) return model;
  const known = catalog.models.map((candidate) => candidate.id).join(', ');
  throw new ModelError('model-unknown', `There is no model "${id}"; the catalog has ${known}`);
}

async function readJson(file: string, name: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new ModelError('catalog-broken', `${name} cannot be read: ${readFailure(error)}`, {
      cause: error,
    });
  }
}
