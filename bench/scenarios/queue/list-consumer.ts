import { once } from 'node:events';
import { lowerPriority } from '@lookout/host';
import { readCatalog, resolveModel } from '@lookout/model-catalog';
import { OnnxDetector } from '@lookout/onnx-detector';
import { connectRedis } from '@lookout/redis-link';
import { type ConsumedFrame, type ListSettings, unpackFrame } from './frame-list.ts';

// What Lookout does not do: frames in a plain list, taken in the order in which they came.
const { url, key, models, model, threads, repeat, niceness } = JSON.parse(
  process.argv[2] ?? '',
) as ListSettings;
const BLOCK_SECONDS = 0.2;

lowerPriority(niceness);
process.on('disconnect', () => process.exit());

const { file, labels, input } = await resolveModel(await readCatalog(models), model);
const detector = await OnnxDetector.load({ file, labels, input, threads });
const redis = connectRedis(url, { name: 'bench-list', commandTimeoutMs: 10_000 });
await once(redis, 'ready');
process.send?.('ready');

for (;;) {
  const popped = await redis.brpopBuffer(key, BLOCK_SECONDS);
  if (popped === null) continue;
  const { capturedAt, jpeg } = unpackFrame(popped[1]);
  const request = { minConfidence: 0.4, classes: [], repeat };
  const { inferenceMs } = await detector.detect(jpeg, request);
  const at = Date.now();
  process.send?.({ at, ageMs: at - capturedAt, inferenceMs } satisfies ConsumedFrame);
}
