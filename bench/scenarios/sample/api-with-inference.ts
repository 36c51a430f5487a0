import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { readConfig } from '@lookout/config';
import { infer, type InferenceSettings } from './inference.ts';

// What Lookout does not do: the api and the inference in one process, as the sample began.
const [place, model = '', threads = '1'] = process.argv.slice(2);
const root = resolve(import.meta.dirname, '../../..');
const { redisUrl = '', inferenceRepeat } = readConfig();
const settings: InferenceSettings = {
  redisUrl,
  models: resolve(root, 'models'),
  model,
  threads: Number(threads),
  repeat: inferenceRepeat,
};

await import(resolve(root, 'dist/apps/api/main.js'));
if (place === 'thread') {
  new Worker(new URL('inference-thread.ts', import.meta.url), { workerData: settings });
} else {
  await infer(settings);
}
