import { createHash } from 'node:crypto';
import { ConversionError, convertYolo, readGraphModel } from '@lookout/model-converter';
import type { CatalogModel } from './catalog.ts';
import { downloadSource } from './download-source.ts';
import type { EnsureOptions } from './ensure-model.ts';
import { ModelError } from './model-error.ts';
import { placeFile } from './place-file.ts';

/** Downloads, converts and places a model; see `ensureModel`. */
export async function buildModel(model: CatalogModel, options: EnsureOptions): Promise<void> {
  const files = await downloadSource(model.source, {
    registry: await options.registry?.(),
    cache: options.cache,
    retries: options.retries ?? 2,
    signal: options.signal,
    onBytes: (receivedBytes) =>
      options.onProgress?.({ stage: 'download', receivedBytes, totalBytes: model.source.bytes }),
  });
  options.onProgress?.({ stage: 'convert' });
  const bytes = convert(model, files);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (sha256 !== model.sha256) {
    throw new ModelError(
      'conversion-failed',
      `Model ${model.id} was converted to a file with SHA-256 ${sha256}, ` +
        `where the catalog has ${model.sha256}: the converter and the catalog do not belong together`,
    );
  }
  await placeFile(model.file, bytes);
}

function convert(model: CatalogModel, files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const { source, licence } = model;
  const file = (name: string): Uint8Array => {
    const bytes = files.get(name);
    if (bytes !== undefined) return bytes;
    throw new ConversionError(
      `${source.package}@${source.version} has no ${source.folder}/${name}`,
    );
  };
  try {
    const graph = readGraphModel(Buffer.from(file('model.json')).toString('utf8'), file);
    return convertYolo(graph, {
      input: model.input,
      classCount: model.labels.length,
      anchors: source.anchors,
      metadata: {
        labels: JSON.stringify(model.labels),
        licence: `${licence.id} (${licence.holder}, ${licence.url})`,
        source: `npm:${source.package}@${source.version}`,
      },
    });
  } catch (error) {
    if (!(error instanceof ConversionError)) throw error;
    const message = `Model ${model.id} cannot be converted: ${error.message}`;
    throw new ModelError('conversion-failed', message, { cause: error });
  }
}
