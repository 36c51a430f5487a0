import { workerData } from 'node:worker_threads';
import { infer, type InferenceSettings } from './inference.ts';

await infer(workerData as InferenceSettings);
