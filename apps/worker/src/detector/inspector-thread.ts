import { parentPort, workerData } from 'node:worker_threads';
import { InspectionFailed } from './inspector.ts';
import { ModelBench } from './model-bench.ts';
import {
  END,
  type ThreadReply,
  type ThreadRequest,
  type ThreadSettings,
  type ThreadWork,
} from './thread-messages.ts';

const port = parentPort;
if (port === null) throw new Error('This file is the detector thread of the worker.');
const bench = new ModelBench(workerData as ThreadSettings);

// One request at a time, in the order they came.
let last: Promise<void> = Promise.resolve();
port.on('message', (request: ThreadRequest | typeof END) => {
  // Of this thread alone. It comes between two steps of the work, however much waits behind them.
  if (request === END) process.exit();
  last = last.then(async () => {
    port.postMessage(await answer(request));
  });
});

async function answer(request: ThreadRequest): Promise<ThreadReply> {
  try {
    return { id: request.id, answer: await work(request) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const decodedAt = error instanceof InspectionFailed ? error.decodedAt : undefined;
    return { id: request.id, reason, decodedAt };
  }
}

async function work(request: ThreadRequest): Promise<ThreadWork[keyof ThreadWork]['answer']> {
  switch (request.kind) {
    case 'load':
      return bench.load(request.order.model);
    case 'unload':
      await bench.unload(request.order.model);
      return null;
    case 'inspect':
      return bench.inspect(request.order);
  }
}
