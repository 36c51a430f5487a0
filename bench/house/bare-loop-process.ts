import { lowerPriority } from '@lookout/host';
import { readCatalog, resolveModel } from '@lookout/model-catalog';
import { OnnxDetector } from '@lookout/onnx-detector';
import type { BareLoopOrder, BareLoopSettings } from './bare-loop.ts';

const settings = JSON.parse(process.argv[2] ?? '') as BareLoopSettings;
const { models, model, threads, spinning } = settings;
lowerPriority(settings.niceness);

const { file, labels, input } = await resolveModel(await readCatalog(models), model);
const detector = await OnnxDetector.load({ file, labels, input, threads, spinning });
await detector.runBare();

let halt = new AbortController();

process.on('message', (order: BareLoopOrder) => {
  if (order === 'go') void run();
  else halt.abort();
});
process.on('disconnect', () => process.exit());
process.send?.('ready');

async function run(): Promise<void> {
  const moments: number[] = [];
  halt = new AbortController();
  while (!halt.signal.aborted) {
    await detector.runBare();
    moments.push(Date.now());
  }
  process.send?.(moments);
}
