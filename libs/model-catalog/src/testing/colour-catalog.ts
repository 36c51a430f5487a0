import { createHash } from 'node:crypto';
import { convertYolo, readGraphModel } from '@lookout/model-converter';
import { COLOUR_ANCHORS, COLOUR_LABELS, colourModel } from '@lookout/model-converter/testing';
import type { Registry } from './registry.ts';

/** The files of the colour model as its package holds them. */
export function colourFiles(): Record<string, string | Uint8Array> {
  const { description, weights } = colourModel();
  return { 'model.json': description, 'weights.bin': weights, 'README.txt': 'not needed' };
}

/** A catalog of one model that comes from the registry. */
export function colourCatalog({ integrity, sha256, tarball }: Registry) {
  const licence = {
    id: 'MIT',
    holder: 'Nobody',
    url: 'https://example.org/licence',
    notice: 'A model for tests.',
  };
  const source = {
    format: 'yolov5-graph-model',
    package: 'colours',
    version: '1.0.0',
    integrity,
    sha256,
    bytes: tarball.length,
    folder: 'package/model',
    anchors: COLOUR_ANCHORS,
    licence,
  };
  const model = {
    id: 'colours',
    title: 'Two colours',
    source: 'registry',
    input: 64,
    labels: 'two',
    sha256: builtSha256(),
  };
  return {
    default: 'colours',
    models: [model],
    sources: { registry: source },
    labels: { two: [...COLOUR_LABELS] },
  };
}

/** What the colour model is built to, written down here without the code under test. */
function builtSha256(): string {
  const { description, weights } = colourModel();
  const bytes = convertYolo(
    readGraphModel(description, () => weights),
    {
      input: 64,
      classCount: COLOUR_LABELS.length,
      anchors: COLOUR_ANCHORS,
      metadata: {
        labels: '["red","blue"]',
        licence: 'MIT (Nobody, https://example.org/licence)',
        source: 'npm:colours@1.0.0',
      },
    },
  );
  return createHash('sha256').update(bytes).digest('hex');
}
