import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { childEnvironment } from '@lookout/config';
import { convertYolo, readGraphModel } from '@lookout/model-converter';
import { COLOUR_ANCHORS, COLOUR_LABELS, colourModel } from '@lookout/model-converter/testing';
import { expect, it } from 'vitest';

const DETECTOR = new URL('onnx-detector.ts', import.meta.url).href;

it('leaves nothing in the temporary folder, as the telemetry of ONNX Runtime does', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lookout-telemetry-'));
  try {
    const { description, weights } = colourModel();
    const model = convertYolo(
      readGraphModel(description, () => weights),
      { input: 64, classCount: COLOUR_LABELS.length, anchors: COLOUR_ANCHORS, metadata: {} },
    );
    const options = { file: join(folder, 'm.onnx'), labels: COLOUR_LABELS, input: 64, threads: 1 };
    await writeFile(options.file, model);
    const program = `const { OnnxDetector } = await import(${JSON.stringify(DETECTOR)});
      await (await OnnxDetector.load(${JSON.stringify(options)})).runBare();`;
    const env = childEnvironment({ TMPDIR: folder, ORT_DISABLE_TELEMETRY: undefined });
    const args = ['--input-type=module', '--eval', program];
    await promisify(execFile)(process.execPath, args, { env });
    expect(await readdir(folder)).toEqual(['m.onnx']);
  } finally {
    await rm(folder, { recursive: true });
  }
});
