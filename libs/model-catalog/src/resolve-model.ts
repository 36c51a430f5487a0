import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { findModel, type Catalog, type CatalogModel } from './catalog.ts';
import { ModelError, readFailure } from './model-error.ts';

/** How a model's file was found. */
export type FileState = 'ready' | 'missing' | 'damaged';

/**
 * Finds a model that is there and whole.
 * @param id - default: the catalog's default
 * @throws ModelError when it is not known, was not got yet, or its file was changed since
 */
export async function resolveModel(catalog: Catalog, id?: string): Promise<CatalogModel> {
  const model = findModel(catalog, id);
  const state = await inspectModel(model);
  const remedy = `npm run models -- get ${model.id}`;
  switch (state) {
    case 'ready':
      return model;
    case 'missing':
      throw new ModelError('file-missing', `Model ${model.id} is not here yet: run \`${remedy}\``);
    case 'damaged':
      throw new ModelError(
        'file-damaged',
        `Model ${model.id} is not as it was built (its file has another checksum): ` +
          `run \`${remedy}\` to replace it`,
      );
  }
}

/**
 * Looks at a model's file and reads it whole to compare checksums (about 25 ms for 29 MB).
 * @throws ModelError when the file is there but cannot be read
 */
export async function inspectModel(model: CatalogModel): Promise<FileState> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(model.file, { highWaterMark: 1 << 20 }), hash);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'missing';
    throw new ModelError(
      'file-damaged',
      `The file of model ${model.id} cannot be read: ${readFailure(error)}`,
      { cause: error },
    );
  }
  return hash.digest('hex') === model.sha256 ? 'ready' : 'damaged';
}
