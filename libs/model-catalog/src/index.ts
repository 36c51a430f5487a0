export { findModel, readCatalog, type Catalog, type CatalogModel } from './catalog.ts';
export type { Licence, ModelSource } from './catalog-schema.ts';
export { ensureModel, type EnsureOptions, type ModelProgress } from './ensure-model.ts';
export { ModelError, type ModelFault } from './model-error.ts';
export { inspectModel, resolveModel, type FileState } from './resolve-model.ts';
