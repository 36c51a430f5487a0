import { Worker } from 'node:worker_threads';
import { lowerPriority } from './priority.ts';

// A process of the test: lowers itself, and then makes one more thread.
lowerPriority(7);
const idle = new Worker('setInterval(() => {}, 1000)', { eval: true });
idle.once('online', () => process.send?.('lowered'));
