import { z } from 'zod';

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hexadecimal');
const anchorsSchema = z.array(z.array(z.tuple([z.number().positive(), z.number().positive()])));

/** Under which terms a model may be used. */
export const licenceSchema = z.strictObject({
  /** SPDX's short name. */
  id: z.string().min(1),
  holder: z.string().min(1),
  url: z.url(),
  /** What a user must know, in plain words. */
  notice: z.string().min(1),
});

/** Where weights come from: a TensorFlow.js graph model inside an npm package. */
export const modelSourceSchema = z.strictObject({
  format: z.literal('yolov5-graph-model'),
  package: z.string().min(1),
  version: z.string().min(1),
  /** Of the package's tarball, as npm writes it. */
  integrity: z.string().startsWith('sha512-'),
  /** Of the package's tarball. */
  sha256: sha256Schema,
  /** Size of the package's tarball. */
  bytes: z.int().min(1),
  /** Folder in the tarball that holds `model.json` and its weights. */
  folder: z.string().min(1),
  /** Widths and heights in pixels, for each detection map from the finest on. */
  anchors: anchorsSchema,
  licence: licenceSchema,
});

/** One model that can be used. */
export const catalogEntrySchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/, 'must be a slug of a-z, 0-9 and "-"'),
  /** What it is, in a line for a person. */
  title: z.string().min(1),
  /** Name of its source. */
  source: z.string(),
  /** Side of its square input in pixels. */
  input: z.int().min(32).multipleOf(32),
  /** Name of its list of labels. */
  labels: z.string(),
  /** Of the file that is built from the source. */
  sha256: sha256Schema,
});

/** `models/catalog.json`. */
export const catalogSchema = z
  .strictObject({
    /** Id of the model that is used when none is named. */
    default: z.string(),
    models: z.array(catalogEntrySchema).min(1),
    sources: z.record(z.string(), modelSourceSchema),
    labels: z.record(z.string(), z.array(z.string().min(1)).min(1)),
  })
  .superRefine((catalog, context) => {
    const ids = catalog.models.map(({ id }) => id);
    const demand = (fine: boolean, path: PropertyKey[], message: string): void => {
      if (!fine) context.addIssue({ code: 'custom', path, message });
    };
    demand(ids.includes(catalog.default), ['default'], 'must be the id of a model');
    for (const [index, { id, source, labels }] of catalog.models.entries()) {
      demand(ids.indexOf(id) === index, ['models', index, 'id'], 'is there twice');
      demand(source in catalog.sources, ['models', index, 'source'], 'must name a source');
      demand(labels in catalog.labels, ['models', index, 'labels'], 'must name a list of labels');
    }
  });

/** Under which terms a model may be used. */
export type Licence = z.infer<typeof licenceSchema>;
/** Where weights come from. */
export type ModelSource = z.infer<typeof modelSourceSchema>;
